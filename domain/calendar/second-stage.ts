/** Clocks beyond receipt (A.7; rulings 5). A profile takes a row by naming it; the standing ones run on every profile. */
import { EXCHANGE_TYPES } from '../vocabulary.js';
import type { ProfileClock } from '../profiles/profile.js';

const everywhere = { on: EXCHANGE_TYPES, binding: 'internal target' } as const;

/** Who asked has to answer a question about it; its silence gives the exchange back to who was asked. The number is ours. */
const CLARIFICATION_10BD: ProfileClock = {
  ...everywhere,
  code: 'CLARIFICATION_10BD',
  kind: 'CLARIFICATION',
  owes: 'R',
  amount: 10,
  unit: 'BUSINESS_DAYS',
  starts: ['CLARIFICATION_REQUEST'],
  // whoever is asked for its views answers the question with them
  metBy: ['CLARIFICATION_REPLY', 'PRE_REFUSAL_CONSULTATION', 'NO_LONGER_REQUIRED', 'LAPSE'],
  lapses: true,
  source: 'a clarification has its own clock and lapses with a notice: rulings 5, the number [D]',
};

/** What could not be opened comes sealed anew, or is withdrawn: until then nothing else runs. Nothing follows from silence. The number is ours. */
const RESUBMIT_5BD: ProfileClock = {
  ...everywhere,
  code: 'RESUBMIT_5BD',
  kind: 'RESUBMISSION',
  owes: 'R',
  amount: 5,
  unit: 'BUSINESS_DAYS',
  starts: ['UNDECIPHERABLE'],
  metBy: ['RESUBMIT'],
  source: 'sealed again, the clocks start anew: rulings 5, the number [D]',
};

/** The day on which who postponed looks at it again, in its own words. A later word of its takes its place. */
const REVIEW_DATE: ProfileClock = {
  ...everywhere,
  code: 'REVIEW_DATE',
  kind: 'REVIEW',
  amount: 0,
  unit: 'STATED',
  starts: ['POSTPONE'],
  metBy: ['POSTPONE', 'INTERIM_REPLY', 'PARTIAL_REPLY'],
  source: '46(25) [M], the day as stated in the message',
};

/** A missed date gets a new one with reasons; the missed one stays missed. */
const NEW_DATE: ProfileClock = {
  ...everywhere,
  code: 'NEW_DATE',
  kind: 'REVIEW',
  amount: 0,
  unit: 'STATED',
  starts: ['DELAY_NOTICE'],
  metBy: ['DELAY_NOTICE', 'PARTIAL_REPLY'],
  source: 'model: 2024/2545 art 7(2) [F:S59], the day as stated in the message',
};

/** The date that who asked would have it by, with reasons. It binds nobody, and is shown beside the profile's own. */
const ASKED_FOR_DATE: ProfileClock = {
  ...everywhere,
  code: 'ASKED_FOR_DATE',
  kind: 'FINAL',
  amount: 0,
  unit: 'STATED',
  source: "46(24), the requester's reasoned deadline [F2:S3], the day as stated in the request",
};

/** An urgent request is acknowledged within hours, beside what the profile says of others. */
export const URGENT_ACK_4H: ProfileClock = {
  ...everywhere,
  code: 'URGENT_ACK_4H',
  kind: 'ACK',
  amount: 4,
  unit: 'HOURS',
  urgency: ['URGENT', 'EMERGENCY'],
  source: 'A.7 ACK_DEFAULT, urgent [D]',
};

/** A measure for a fixed time ends by itself; a prolonged one gets a new end. */
const MEASURE_UNTIL: ProfileClock = {
  ...everywhere,
  code: 'MEASURE_UNTIL',
  kind: 'REVIEW',
  on: ['POSTPONEMENT_REQUEST'],
  amount: 0,
  unit: 'STATED',
  starts: ['MEASURE_TAKEN'],
  metBy: ['MEASURE_TAKEN', 'MEASURE_LIFTED', 'LAPSE'],
  lapses: true,
  source: 'for a predetermined period: Lausanne GL 2 [F:S50], the moment as stated in the message',
};

/** Before a provisional measure ends, who asked for it may say why it should not. Its silence keeps nothing in force. */
const LIFT_REASONS_10BD: ProfileClock = {
  ...everywhere,
  code: 'LIFT_REASONS_10BD',
  kind: 'REASONS',
  on: ['FORMAL_MLA_REQUEST'],
  owes: 'R',
  amount: 10,
  unit: 'BUSINESS_DAYS',
  starts: ['PROVISIONAL_MEASURE_LIFT_NOTICE'],
  metBy: ['MEASURE_REASONS', 'MEASURE_LIFTED', 'NO_LONGER_REQUIRED'],
  source: '55(8): an opportunity to present reasons [M]; the window [D], as that of a consultation',
};

export const STANDING_CLOCKS: readonly ProfileClock[] = [
  ASKED_FOR_DATE,
  CLARIFICATION_10BD,
  RESUBMIT_5BD,
  REVIEW_DATE,
  NEW_DATE,
  URGENT_ACK_4H,
  MEASURE_UNTIL,
  LIFT_REASONS_10BD,
];

/**
 * After an answer, or another end, the requester's silence closes the exchange, where the profile names this. It starts with the steps after
 * which nothing is owed any more; a step that leaves something owed, in this exchange type or for this part, starts it not.
 */
export const SILENCE_30CD: ProfileClock = {
  ...everywhere,
  code: 'SILENCE_30CD',
  kind: 'SILENCE',
  // a consent, and its refusal, stand until they end: no silence closes them
  on: EXCHANGE_TYPES.filter((type) => type !== 'CONSENT_REQUEST'),
  owes: 'R',
  amount: 30,
  unit: 'CALENDAR_DAYS',
  starts: [
    ...(['FINAL_REPLY', 'NEGATIVE_REPLY', 'REFUSE', 'NO_LONGER_REQUIRED'] as const),
    ...(['CONCLUDE', 'PROCEED', 'NOT_PURSUED', 'CONDITIONS_ACCEPTED', 'PROSECUTE_INSTEAD'] as const),
    ...(['MEASURE_LIFTED', 'LAPSE', 'ACCEPT', 'NOT_RELEVANT', 'MATURE', 'ACKNOWLEDGE'] as const),
  ],
  metBy: ['CLOSE', 'FEEDBACK', 'REOPEN', 'MATURE', 'LAPSE'],
  lapses: true,
  source: 'rulings 5, the number [D]',
};

/** How long the other side has to answer before a refusal may follow without it (46(26), 44(17)). */
export const PRE_REFUSAL_10BD: ProfileClock = {
  ...everywhere,
  code: 'PRE_REFUSAL_10BD',
  kind: 'CONSULTATION',
  owes: 'R',
  amount: 10,
  unit: 'BUSINESS_DAYS',
  source: '46(26), 44(17) [M]; the window: rulings 5 [D]',
};

/** Notices that are owed after an act, by who acted, on its own calendar: `counted` gives their date. */
export const EXCULPATORY_INFORM_24H: ProfileClock = {
  ...everywhere,
  code: 'EXCULPATORY_INFORM_24H',
  kind: 'NOTICE',
  owes: 'R',
  amount: 24,
  unit: 'HOURS',
  source: '46(5) "without delay" [M], the number [D]',
};
/** The paragraph gives no time for it: as for the others [D]. */
export const OBLIGATION_INFORM_24H: ProfileClock = {
  ...EXCULPATORY_INFORM_24H,
  code: 'OBLIGATION_INFORM_24H',
  source: 'INR.40 ¶14 [F2:S9] gives no time, the number [D]',
};
export const EMERGENCY_NOTICE_24H: ProfileClock = {
  ...EXCULPATORY_INFORM_24H,
  code: 'EMERGENCY_NOTICE_24H',
  source: 'LED 35(2) "without delay", the number [D]',
};
