import { CONSENT_5BD } from './clock-rows.js';
import { DISCLOSURE_FORM, owedBy } from './forms.js';
import { CONSENT_REFUSAL_GROUNDS, FORBIDDEN_GROUNDS, GROUNDS_EVERYWHERE, GROUNDS_INFORMAL } from './grounds.js';
import type { Profile } from './profile.js';

/**
 * From the authority that deals with abroad to its own State's others. It is a third-party disclosure all the same: every caveat
 * goes along, and what the holder was not allowed is asked for through the holder (rulings 2).
 */
export const DOMESTIC_ONWARD: Profile = {
  id: 'DOMESTIC_ONWARD',
  title: "Handing on within the holder's own State",
  source: 'rulings 2; section 12, cross-profile rule 2 [D]; UNCAC 38 [M]',
  exchangeTypes: ['SPONTANEOUS_DISCLOSURE', 'CONSENT_REQUEST'],
  pairs: [
    {
      from: ['FIU'],
      to: ['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA', 'PROSECUTION', 'ASSET_RECOVERY_OFFICE', 'TAX_AUTHORITY', 'CUSTOMS', 'SUPERVISOR'],
    },
    { from: ['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA'], to: ['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA', 'PROSECUTION'] },
    {
      from: ['ARIN_CONTACT_LE', 'ARIN_CONTACT_JUDICIAL', 'ASSET_RECOVERY_OFFICE'],
      to: ['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA', 'PROSECUTION'],
    },
    { from: ['INTERPOL_NCB'], to: ['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA', 'PROSECUTION'] },
    {
      // a court is reached through the central authority only: UNCAC 46(15)(b) [M], A.1
      from: ['CENTRAL_AUTHORITY_MLA', 'CENTRAL_AUTHORITY_EXTRADITION'],
      to: ['LAW_ENFORCEMENT', 'ANTI_CORRUPTION_LEA', 'PROSECUTION', 'COURT'],
    },
  ],
  domestic: true,
  mandatoryForm: owedBy(DISCLOSURE_FORM),
  mandatoryBody: [],
  countryLink: false,
  confidentialityChoice: false,
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY', 'OWN_ORG_ONLY'],
    purposes: ['INTELLIGENCE'],
  },
  minimumCaveats: ['NO_THIRD_PARTY'],
  impliedPurposes: {},
  clocks: [CONSENT_5BD],
  suspendsOnClarification: false,
  presumedConsentPossible: false,
  forwardRule: 'Consent of every originator, asked for through the holder that handed it on.',
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL],
  forbiddenGrounds: FORBIDDEN_GROUNDS,
  consentRefusalGrounds: CONSENT_REFUSAL_GROUNDS,
  openingForm: DISCLOSURE_FORM,
  answerForm: DISCLOSURE_FORM,
};
