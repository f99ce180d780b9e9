import { acknowledge, CONSENT_5BD } from './clock-rows.js';
import { FIU_ANSWER_FORM, FIU_REQUEST_FORM, owedBy } from './forms.js';
import { CONSENT_REFUSAL_GROUNDS, FORBIDDEN_GROUNDS, GROUNDS_EVERYWHERE, GROUNDS_FIU, GROUNDS_INFORMAL } from './grounds.js';
import type { Profile } from './profile.js';

/** The practice that a panellist described in 2018: on reciprocity and trust, for intelligence only, within 21 days. */
export const BVI_BILATERAL_FIU: Profile = {
  id: 'BVI_BILATERAL_FIU',
  title: 'Bilateral exchange with a financial investigation agency, intelligence only',
  source: 'section 12; [S¶29]',
  exchangeTypes: ['FIU_REQUEST', 'CONSENT_REQUEST'],
  pairs: [
    { from: ['FIU'], to: ['FIU', 'LAW_ENFORCEMENT'] },
    { from: ['LAW_ENFORCEMENT'], to: ['FIU'] },
  ],
  domestic: false,
  mandatoryForm: owedBy(FIU_REQUEST_FORM),
  mandatoryBody: [
    { field: 'reciprocity', article: '[S¶29]' },
    { field: 'intendedRecipients', article: 'Egmont, near ¶38 [F2:S9]' },
    { field: 'periodFrom', article: 'Egmont ¶20 [F2:S9]' },
    { field: 'alsoRequestedVia', article: 'Egmont fn 2 [F2:S9]' },
  ],
  countryLink: true,
  confidentialityChoice: false,
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY', 'NOT_FOR_EVIDENCE'],
    purposes: ['INTELLIGENCE'],
  },
  minimumCaveats: [],
  // MLA_PREPARATION is a purpose of its own here, off by default (section 14, point 7)
  impliedPurposes: {},
  clocks: [
    acknowledge(2, ['FIU_REQUEST', 'CONSENT_REQUEST']),
    {
      code: 'BVI_21D',
      kind: 'FINAL',
      on: ['FIU_REQUEST'],
      amount: 21,
      // whether working days are meant is not said: section 14, point 4
      unit: 'CALENDAR_DAYS',
      source: '[S¶29]',
      binding: 'practice',
    },
    CONSENT_5BD,
  ],
  suspendsOnClarification: true,
  presumedConsentPossible: false,
  forwardRule: 'Explicit authorisation of the agency only; never presumed.',
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, ...GROUNDS_FIU],
  forbiddenGrounds: FORBIDDEN_GROUNDS,
  consentRefusalGrounds: CONSENT_REFUSAL_GROUNDS,
  openingForm: FIU_REQUEST_FORM,
  answerForm: FIU_ANSWER_FORM,
};
