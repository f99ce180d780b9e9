/** Every message well formed, so that what refuses it is the state and nothing else. */
import type { Digest, ExchangeId } from '../../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs } from '../../../domain/time.js';
import type { ExchangeType, Message } from '../../../domain/vocabulary.js';
import type { Desk } from '../../support/letters.js';

export interface About {
  readonly type: ExchangeType;
  /** an item that the message encloses: the text of a reason, an answer, conditions */
  readonly text: Digest;
  /** the proposal that stands; any digest where none does */
  readonly proposal: Digest;
  /** what came of it */
  readonly linked: ExchangeId;
  readonly desk: Desk;
  /** says why no consultation was appropriate */
  readonly isExcused: boolean;
}

type Body = (about: About) => object;

const NOTHING: Body = () => ({});
const LATER = '2026-12-31';
const said: Body = ({ desk }) => ({ receivedAt: formatInstant(desk.at) });
const linked: Body = (about) => ({ request: about.linked });

const BODIES: Readonly<Partial<Record<Message, Body>>> = {
  ACKNOWLEDGE: said,
  NEGATIVE_REPLY: () => ({ searched: ['COMPANY_REGISTER'] }),
  REFUSE: ({ text, isExcused }) => ({ codes: ['ESSENTIAL_INTERESTS'], text, ...(isExcused ? { notAppropriate: text } : {}) }),
  PRE_REFUSAL_CONSULTATION: ({ text }) => ({ codes: ['ESSENTIAL_INTERESTS'], text }),
  POSTPONE: ({ text }) => ({ code: 'ONGOING_PROCEEDINGS', text, reviewDate: LATER }),
  DELAY_NOTICE: ({ text }) => ({ code: 'WORKLOAD', text, newDate: LATER }),
  CONDITIONS_PROPOSED: ({ text }) => ({ texts: [text] }),
  CONDITIONS_ACCEPTED: ({ proposal }) => ({ proposal }),
  CONDITIONS_DECLINED: ({ proposal }) => ({ proposal }),
  MEASURE_TAKEN: ({ desk }) => ({ until: formatInstant(plusMs(desk.at, 3 * DAY_MS)) }),
  PROVISIONAL_MEASURE_LIFT_NOTICE: () => ({ ground: 'INSUFFICIENT_EVIDENCE' }),
  MEASURE_LIFTED: () => ({ withoutNotice: 'ORDERED_AT_ONCE' }),
  URGENCY_NOT_ACCEPTED: ({ text }) => ({ urgency: 'ROUTINE', text }),
  ORAL_CONFIRMATION: ({ desk }) => ({ spokenAt: formatInstant(desk.at), means: 'TELEPHONE' }),
  EXTERNAL_LEG: ({ desk }) => ({ means: 'PAPER', direction: 'RECEIVED', at: formatInstant(desk.at) }),
  ESCALATE: () => ({ reason: 'OVERDUE' }),
  // the one outcome that may be told at any time
  CONCLUDE: ({ type }) => ({ outcome: type === 'SUBJECT_ACCESS_CONSULTATION' ? 'DISCLOSED_IN_PART' : 'WITHDRAWN' }),
  MATURE: linked,
  PROMOTE_TO_FORMAL: linked,
};

export const bodyOf = (message: Message, about: About): object => (BODIES[message] ?? NOTHING)(about);

/** Messages that are nothing without something enclosed. */
export const BRINGS: ReadonlySet<Message> = new Set([
  'RESUBMIT',
  'CLARIFICATION_REQUEST',
  'CLARIFICATION_REPLY',
  'INTERIM_REPLY',
  'PARTIAL_REPLY',
  'FINAL_REPLY',
  'DISCUSS',
  'FEEDBACK',
  'REOPEN',
  'PROVISIONAL_MEASURE_LIFT_NOTICE',
  'MEASURE_REASONS',
  'VIEWS_SUBMITTED',
]);

/** Messages that are refused without a sealed text. */
export const BEARS_TEXT: ReadonlySet<Message> = new Set([
  ...BRINGS,
  'REFUSE',
  'PRE_REFUSAL_CONSULTATION',
  'POSTPONE',
  'DELAY_NOTICE',
  'CONDITIONS_PROPOSED',
  'URGENCY_NOT_ACCEPTED',
]);
