import { acknowledge, CONSENT_5BD } from './clock-rows.js';
import { DISCLOSURE_FORM, owedBy } from './forms.js';
import { CONSENT_REFUSAL_GROUNDS, FORBIDDEN_GROUNDS, GROUNDS_EVERYWHERE, GROUNDS_INFORMAL } from './grounds.js';
import type { Profile } from './profile.js';

/** Information nobody asked for, from an authority to its counterpart. */
export const SPONTANEOUS: Profile = {
  id: 'SPONTANEOUS',
  title: 'Spontaneous disclosure to a counterpart',
  source: 'section 12; UNCAC 46(4)-(5), 56 [M]; [S¶30]',
  exchangeTypes: ['SPONTANEOUS_DISCLOSURE', 'CONSENT_REQUEST'],
  pairs: [
    { from: ['FIU'], to: ['FIU'] },
    { from: ['LAW_ENFORCEMENT', 'PROSECUTION'], to: ['LAW_ENFORCEMENT', 'PROSECUTION'] },
    { from: ['ANTI_CORRUPTION_LEA'], to: ['ANTI_CORRUPTION_LEA'] },
    {
      from: ['ASSET_RECOVERY_OFFICE', 'ARIN_CONTACT_LE', 'ARIN_CONTACT_JUDICIAL', 'ASSET_RECOVERY_FOCAL_POINT'],
      to: ['ASSET_RECOVERY_OFFICE', 'ARIN_CONTACT_LE', 'ARIN_CONTACT_JUDICIAL', 'ASSET_RECOVERY_FOCAL_POINT'],
    },
    { from: ['INTERPOL_NCB'], to: ['INTERPOL_NCB'] },
    { from: ['CENTRAL_AUTHORITY_MLA'], to: ['CENTRAL_AUTHORITY_MLA'] },
    { from: ['CENTRAL_AUTHORITY_EXTRADITION'], to: ['CENTRAL_AUTHORITY_EXTRADITION'] },
    { from: ['CIVIL_ADMIN_FOCAL_POINT'], to: ['CIVIL_ADMIN_FOCAL_POINT'] },
    { from: ['PREVENTION_AUTHORITY'], to: ['PREVENTION_AUTHORITY'] },
  ],
  domestic: false,
  mandatoryForm: owedBy(DISCLOSURE_FORM),
  mandatoryBody: [{ field: 'spontaneousBasis', article: 'UNCAC 46(4), 48, 56 [M]' }],
  countryLink: false,
  confidentialityChoice: false,
  defaultLabel: { level: 'RESTRICTED', tlp: 'AMBER+STRICT', caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY'], purposes: ['INTELLIGENCE'] },
  minimumCaveats: ['NO_THIRD_PARTY'],
  impliedPurposes: {},
  clocks: [acknowledge(5, ['SPONTANEOUS_DISCLOSURE']), acknowledge(2, ['CONSENT_REQUEST']), CONSENT_5BD],
  suspendsOnClarification: false,
  presumedConsentPossible: false,
  forwardRule: "The sender's consent.",
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL],
  forbiddenGrounds: FORBIDDEN_GROUNDS,
  consentRefusalGrounds: CONSENT_REFUSAL_GROUNDS,
  openingForm: DISCLOSURE_FORM,
  answerForm: DISCLOSURE_FORM,
};
