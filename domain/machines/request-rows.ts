/** Rows that requests share: how they arrive, are clarified, answered part by part, put under conditions, and end. */
import type { Transition } from '../machine.js';

/** What is addressed arrives, and arrives again where it could not be read: rulings 5. */
export const arrival = (source: string): readonly Transition[] => [
  { from: ['DRAFT'], step: 'SUBMIT', actor: 'R', to: 'SUBMITTED', source },
  {
    from: ['SUBMITTED'],
    step: 'DELIVERY_RECEIPT',
    actor: 'S',
    to: 'DELIVERED',
    clock: 'START',
    source: '2023/977 5(1) [F:S22]; available, not opened: rulings 5',
  },
  {
    from: ['DELIVERED', 'ACKNOWLEDGED'],
    step: 'UNDECIPHERABLE',
    actor: 'Q',
    to: 'UNDECIPHERABLE',
    clock: 'STOP',
    source: 'with proof; stops the clock: rulings 5',
  },
  { from: ['UNDECIPHERABLE'], step: 'RESUBMIT', actor: 'R', to: 'SUBMITTED', source: 'sealed again, the clock starts anew: rulings 5' },
  { from: ['DELIVERED'], step: 'ACKNOWLEDGE', actor: 'Q', to: 'ACKNOWLEDGED', clock: 'ACK', source },
];

/** @param from in which the requested authority may ask */
export const clarification = (from: readonly string[]): readonly Transition[] => [
  {
    from,
    step: 'CLARIFICATION_REQUEST',
    actor: 'Q',
    to: 'CLARIFICATION_PENDING',
    clock: 'SUSPEND',
    source: '2023/977 6(3) [M]; from DELIVERED on: rulings 5',
  },
  {
    from: ['CLARIFICATION_PENDING'],
    step: 'CLARIFICATION_REPLY',
    actor: 'R',
    to: 'IN_PROGRESS',
    clock: 'RESUME',
    source: 'A.3 [D]',
  },
  {
    from: ['CLARIFICATION_PENDING'],
    step: 'LAPSE',
    actor: 'S',
    to: 'IN_PROGRESS',
    clock: 'RESUME',
    source: 'lapses with a notice: rulings 5',
  },
];

/** What is said beside the answer and moves nothing. */
export const asides = (open: readonly string[]): readonly Transition[] => [
  { from: open, step: 'STATUS_REQUEST', actor: 'R', to: 'SAME', source: '46(24) [M]' },
  { from: open, step: 'STATUS_REPLY', actor: 'Q', to: 'SAME', source: '46(24) [M]' },
  { from: open, step: 'EXTERNAL_LEG', actor: 'EITHER', to: 'SAME', source: 'a partner on paper or telephone: rulings 5' },
  { from: open, step: 'CONFIDENTIALITY_INABILITY_NOTICE', actor: 'Q', to: 'SAME', source: '46(20) [M]' },
  { from: [...open, 'REFUSED'], step: 'ESCALATE', actor: 'EITHER', to: 'SAME', source: 'Egmont dispute mechanism; contents [F:S60]' },
];

/** Either side talks; the first word that the requested authority owes, its own alone gives. */
export const discussion = (from: readonly string[], source: string): readonly Transition[] => [
  { from, step: 'DISCUSS', actor: 'Q', to: 'DISCUSSING', clock: 'FIRST', source },
  { from, step: 'DISCUSS', actor: 'R', to: 'DISCUSSING', source },
];

/** Urgency is taken back with reasons, or what was said aloud confirmed in writing. */
export const urgency = (from: readonly string[]): readonly Transition[] => [
  { from, step: 'URGENCY_NOT_ACCEPTED', actor: 'Q', to: 'SAME', source: 'A.7 [D], model EU 2024/2545 art 6 [F:S59]' },
  { from, step: 'ORAL_CONFIRMATION', actor: 'R', to: 'SAME', source: '46(14) [M]' },
];

/** @param from in which conditions may be put; they bind once accepted */
export const conditions = (from: readonly string[], accepted: string, declined: string): readonly Transition[] => [
  {
    from,
    step: 'CONDITIONS_PROPOSED',
    actor: 'Q',
    to: 'CONDITIONS_PROPOSED',
    consultation: 'OPENS',
    source: '46(26) [M]',
  },
  {
    from: ['CONDITIONS_PROPOSED'],
    step: 'CONDITIONS_ACCEPTED',
    actor: 'R',
    to: accepted,
    consultation: 'ANSWERS',
    source: '46(26) [M]',
  },
  {
    from: ['CONDITIONS_PROPOSED'],
    step: 'CONDITIONS_DECLINED',
    actor: 'R',
    to: declined,
    consultation: 'ANSWERS',
    source: '46(26) [M]',
  },
];

/** Silence of the requester after an answer closes by a timer of the profile: rulings 5. */
export const closing = (settled: readonly string[], others: readonly string[], actor: 'R' | 'EITHER'): readonly Transition[] => [
  { from: [...settled, ...others], step: 'CLOSE', actor, to: 'CLOSED', clock: 'MET', source: 'A.3; rulings 5 [D]' },
  { from: settled, step: 'LAPSE', actor: 'S', to: 'CLOSED', source: "the requester's silence closes: rulings 5" },
];

/** @param answered states in which something was given that may have been of use */
export const feedback = (answered: readonly string[]): readonly Transition[] => [
  { from: answered, step: 'FEEDBACK_REQUEST', actor: 'Q', to: 'SAME', source: 'INR.40 ¶1 [F:S13]' },
  { from: answered, step: 'FEEDBACK', actor: 'R', to: 'SAME', source: 'INR.40 ¶1 [F:S13]' },
];

/**
 * What somebody holds may bear CONTACT_SOURCE_BEFORE_ACTION from its delivery on, the request itself too; the source answers by a statement of its own.
 * @param from in which something of the other side's may be in hand, on either side
 */
export const verification = (from: readonly string[]): Transition => ({
  from,
  step: 'VERIFY_WITH_SOURCE',
  actor: 'EITHER',
  to: 'SAME',
  source: 'RPD art 63 [M?]; [F:S34]',
});

/** A formal request follows, from the sender's own data; it is linked, and no label moves with it. */
export const promotion = (from: readonly string[]): Transition => ({
  from,
  step: 'PROMOTE_TO_FORMAL',
  actor: 'R',
  to: 'SAME',
  source: 'A.3 [D]; [S¶30]; StAR [F:S48]',
});
