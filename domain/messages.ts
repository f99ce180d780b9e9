/** What an exchange's two sides say to each other (A.3), and the steps that nobody's envelope carries. */

/** Messages that travel in an envelope. Consent answers are statements of their own (protocol 2) and move the asking exchange. */
export const MESSAGES = [
  'SUBMIT',
  'ACKNOWLEDGE',
  /** the addressee's keys open nothing: stops the clocks until it is sealed again */
  'UNDECIPHERABLE',
  'RESUBMIT',
  'CLARIFICATION_REQUEST',
  'CLARIFICATION_REPLY',
  'STATUS_REQUEST',
  'STATUS_REPLY',
  'INTERIM_REPLY',
  'PARTIAL_REPLY',
  'FINAL_REPLY',
  'NEGATIVE_REPLY',
  'REFUSE',
  'POSTPONE',
  'DELAY_NOTICE',
  'PRE_REFUSAL_CONSULTATION',
  'VIEWS_SUBMITTED',
  'CONDITIONS_PROPOSED',
  'CONDITIONS_ACCEPTED',
  'CONDITIONS_DECLINED',
  'TRANSMITTED_FOR_EXECUTION',
  'MEASURE_TAKEN',
  'MEASURE_LIFTED',
  /** a provisional measure is about to end: who asked for it may say why it should not (55(8)) */
  'PROVISIONAL_MEASURE_LIFT_NOTICE',
  'MEASURE_REASONS',
  'NO_LONGER_REQUIRED',
  'CLOSE',
  'REOPEN',
  'FEEDBACK_REQUEST',
  'FEEDBACK',
  'DISCUSS',
  'CONCLUDE',
  'PROCEED',
  'NOT_PURSUED',
  'PROSECUTE_INSTEAD',
  'ACCEPT',
  'NOT_RELEVANT',
  'MATURE',
  'PROMOTE_TO_FORMAL',
  'VERIFY_WITH_SOURCE',
  'ORAL_CONFIRMATION',
  'URGENCY_NOT_ACCEPTED',
  /** a leg of the exchange that went by paper or telephone */
  'EXTERNAL_LEG',
  'ESCALATE',
  'CONFIDENTIALITY_INABILITY_NOTICE',
] as const;
export type Message = (typeof MESSAGES)[number];

/** What gives, in whole, in part or meanwhile, something of what was asked: it bears the conditions that were accepted (46(26)). */
export const REPLIES = ['INTERIM_REPLY', 'PARTIAL_REPLY', 'FINAL_REPLY'] as const satisfies readonly Message[];
export type Reply = (typeof REPLIES)[number];

export const isReply = <E extends { readonly message: Message }>(said: E): said is Extract<E, { readonly message: Reply }> =>
  (REPLIES as readonly Message[]).includes(said.message);

/** Messages whose whole point is what they bring: without an item they would meet or stop a clock, or count as feedback, by saying nothing. */
export const BRINGS_SOMETHING: ReadonlySet<Message> = new Set<Message>([
  'RESUBMIT',
  'CLARIFICATION_REQUEST',
  'CLARIFICATION_REPLY',
  'INTERIM_REPLY',
  'PARTIAL_REPLY',
  'FINAL_REPLY',
  'DISCUSS',
  'FEEDBACK',
  'PROVISIONAL_MEASURE_LIFT_NOTICE',
  'MEASURE_REASONS',
  // A.3 owes its reason, and the other side's clocks run by it
  'REOPEN',
]);

/** Steps that no envelope carries: the gateway's own delivery and timers, and consent statements. */
export const SYSTEM_STEPS = ['DELIVERY_RECEIPT', 'GRANT', 'PARTIAL_GRANT', 'REFUSE_CONSENT', 'REVOKE', 'PARTIAL_REVOKE', 'LAPSE'] as const;
export type SystemStep = (typeof SYSTEM_STEPS)[number];

/** addressees of one request that is put to several: rulings 5 */
export const CHILDREN_MAX = 10;
