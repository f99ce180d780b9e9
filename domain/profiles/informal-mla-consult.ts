import { acknowledge, CONSENT_5BD } from './clock-rows.js';
import { CONSULTATION_FORM, owedBy } from './forms.js';
import { CONSENT_REFUSAL_GROUNDS, FORBIDDEN_GROUNDS, GROUNDS_EVERYWHERE, GROUNDS_INFORMAL } from './grounds.js';
import type { Profile } from './profile.js';

/** Central authorities talk before a formal request is written, and beside it; they never replace it. */
export const INFORMAL_MLA_CONSULT: Profile = {
  id: 'INFORMAL_MLA_CONSULT',
  title: 'Informal consultation between central authorities',
  source: 'section 12; [S¶16, ¶28-30]; StAR [F:S48]; Lausanne [F:S50]',
  exchangeTypes: ['INFORMAL_CONSULTATION', 'CONSENT_REQUEST'],
  pairs: [{ from: ['CENTRAL_AUTHORITY_MLA'], to: ['CENTRAL_AUTHORITY_MLA'] }],
  domestic: false,
  mandatoryForm: owedBy(CONSULTATION_FORM),
  mandatoryBody: [{ field: 'consultationKind', article: 'section 12 [D]' }],
  countryLink: false,
  confidentialityChoice: true,
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    caveats: ['CONFIDENTIAL_FACT', 'INTEL_ONLY', 'NO_THIRD_PARTY'],
    purposes: ['INTELLIGENCE', 'MLA_PREPARATION'],
  },
  minimumCaveats: [],
  impliedPurposes: {},
  clocks: [
    acknowledge(5, ['INFORMAL_CONSULTATION']),
    {
      code: 'CONSULT_15BD',
      kind: 'FIRST',
      on: ['INFORMAL_CONSULTATION'],
      amount: 15,
      unit: 'BUSINESS_DAYS',
      source: 'section 12 [D]',
      binding: 'internal target',
    },
    acknowledge(2, ['CONSENT_REQUEST']),
    CONSENT_5BD,
  ],
  suspendsOnClarification: true,
  presumedConsentPossible: false,
  forwardRule: "To an executing authority of the requested State only so far as necessary, and with the requester's consent.",
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL],
  forbiddenGrounds: FORBIDDEN_GROUNDS,
  consentRefusalGrounds: CONSENT_REFUSAL_GROUNDS,
  openingForm: CONSULTATION_FORM,
  answerForm: CONSULTATION_FORM,
};
