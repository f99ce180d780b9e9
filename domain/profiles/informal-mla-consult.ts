import { ABOUT_WHAT_WAS_GIVEN, acknowledge, target } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { CONSULTATION_ANSWER_FORM, CONSULTATION_FORM } from './forms/consultation.js';
import { GROUNDS_EVERYWHERE, GROUNDS_INFORMAL } from './grounds.js';
import type { Profile } from './profile.js';

/** Central authorities talk before a formal request is written, and beside it; they never replace it. */
export const INFORMAL_MLA_CONSULT: Profile = createProfile({
  id: 'INFORMAL_MLA_CONSULT',
  title: 'Informal consultation between central authorities',
  source: 'section 12; [S¶16, ¶28-30]; StAR [F:S48]; Lausanne [F:S50]',
  main: ['INFORMAL_CONSULTATION'],
  opening: {
    form: CONSULTATION_FORM,
    answer: CONSULTATION_ANSWER_FORM,
    body: [{ field: 'consultationKind', article: 'section 12 [D]' }],
  },
  pairs: [{ from: ['CENTRAL_AUTHORITY_MLA'], to: ['CENTRAL_AUTHORITY_MLA'] }],
  confidentialityChoice: true,
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    caveats: ['CONFIDENTIAL_FACT', 'INTEL_ONLY', 'NO_THIRD_PARTY'],
    purposes: ['INTELLIGENCE', 'MLA_PREPARATION'],
  },
  clocks: [
    acknowledge(5, ['INFORMAL_CONSULTATION']),
    target('CONSULT_15BD', 15, ['INFORMAL_CONSULTATION'], 'section 12'),
    ...ABOUT_WHAT_WAS_GIVEN,
  ],
  forwardRule: "To an executing authority of the requested State only so far as necessary, and with the requester's consent.",
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL],
});
