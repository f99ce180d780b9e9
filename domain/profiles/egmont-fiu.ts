import { acknowledge, CONSENT_5BD } from './clock-rows.js';
import { FIU_ANSWER_FORM, FIU_REQUEST_FORM, owedBy } from './forms.js';
import { CONSENT_REFUSAL_GROUNDS, FORBIDDEN_GROUNDS, GROUNDS_EVERYWHERE, GROUNDS_FIU, GROUNDS_INFORMAL } from './grounds.js';
import type { Profile } from './profile.js';

/** Modelled on public descriptions of the Egmont Principles (rev. July 2025, secondary); not affiliated, not connected. */
export const EGMONT_FIU: Profile = {
  id: 'EGMONT_FIU',
  title: 'Financial intelligence units, on the Egmont Principles',
  source: 'section 12; Egmont Principles rev. July 2025 [F2:S9], [M]',
  exchangeTypes: ['FIU_REQUEST', 'CONSENT_REQUEST'],
  pairs: [{ from: ['FIU'], to: ['FIU'] }],
  domestic: false,
  mandatoryForm: owedBy(FIU_REQUEST_FORM),
  mandatoryBody: [
    { field: 'intendedRecipients', article: 'Egmont, near ¶38 [F2:S9]' },
    { field: 'periodFrom', article: 'Egmont ¶20 [F2:S9]' },
    { field: 'alsoRequestedVia', article: 'Egmont fn 2 [F2:S9]' },
  ],
  countryLink: true,
  confidentialityChoice: false,
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY', 'OWN_ORG_ONLY'],
    purposes: ['INTELLIGENCE'],
  },
  minimumCaveats: [],
  impliedPurposes: { INVESTIGATION: ['INTELLIGENCE'], ASSET_TRACING: ['INTELLIGENCE'] },
  clocks: [
    acknowledge(2, ['FIU_REQUEST', 'CONSENT_REQUEST']),
    {
      code: 'EGMONT_30BD',
      kind: 'FIRST',
      on: ['FIU_REQUEST'],
      amount: 30,
      unit: 'BUSINESS_DAYS',
      source: 'Egmont Principles [F2:S9]',
      binding: 'practice',
    },
    CONSENT_5BD,
  ],
  suspendsOnClarification: true,
  presumedConsentPossible: true,
  forwardRule:
    "The originator's explicit consent; or presumed consent for a recipient named in the request, where the reply did not refuse and both entries switch it on.",
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, ...GROUNDS_FIU],
  forbiddenGrounds: FORBIDDEN_GROUNDS,
  consentRefusalGrounds: CONSENT_REFUSAL_GROUNDS,
  openingForm: FIU_REQUEST_FORM,
  answerForm: FIU_ANSWER_FORM,
};
