import { ABOUT_WHAT_WAS_GIVEN, acknowledge } from './clock-rows.js';
import { createProfile } from './create-profile.js';
import { FIU_BODY, POSTPONEMENT, POSTPONEMENT_CLOCK } from './egmont-fiu.js';
import { FIU_ANSWER_FORM, FIU_REQUEST_FORM } from './forms/fiu.js';
import { GROUNDS_EVERYWHERE, GROUNDS_FIU, GROUNDS_INFORMAL } from './grounds.js';
import type { Profile } from './profile.js';

/** The practice that a panellist described in 2018: on reciprocity and trust, for intelligence only, within 21 days. */
export const BVI_BILATERAL_FIU: Profile = createProfile({
  id: 'BVI_BILATERAL_FIU',
  title: 'Bilateral exchange with a financial investigation agency, intelligence only',
  source: 'section 12; [S¶29]',
  main: ['FIU_REQUEST'],
  opening: { form: FIU_REQUEST_FORM, answer: FIU_ANSWER_FORM, body: [{ field: 'reciprocity', article: '[S¶29]' }, ...FIU_BODY] },
  beside: { POSTPONEMENT_REQUEST: POSTPONEMENT },
  pairs: [
    { from: ['FIU'], to: ['FIU'] },
    { from: ['FIU'], to: ['LAW_ENFORCEMENT'], on: ['FIU_REQUEST', 'CONSENT_REQUEST', 'FEEDBACK', 'SUBJECT_ACCESS_CONSULTATION'] },
    { from: ['LAW_ENFORCEMENT'], to: ['FIU'], on: ['FIU_REQUEST', 'CONSENT_REQUEST', 'FEEDBACK', 'SUBJECT_ACCESS_CONSULTATION'] },
  ],
  countryLink: true,
  defaultLabel: {
    level: 'RESTRICTED',
    tlp: 'AMBER+STRICT',
    caveats: ['INTEL_ONLY', 'NO_THIRD_PARTY', 'NOT_FOR_EVIDENCE'],
    purposes: ['INTELLIGENCE'],
  },
  // MLA_PREPARATION is a purpose of its own here, off by default (section 14, point 7)
  impliedPurposes: {},
  clocks: [
    acknowledge(2, ['FIU_REQUEST', 'POSTPONEMENT_REQUEST']),
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
    POSTPONEMENT_CLOCK,
    ...ABOUT_WHAT_WAS_GIVEN,
  ],
  forwardRule: 'Explicit authorisation of the agency only; never presumed.',
  refusalGrounds: [...GROUNDS_EVERYWHERE, ...GROUNDS_INFORMAL, ...GROUNDS_FIU],
});
