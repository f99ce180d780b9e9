/** How an exchange stands after a step: its state, its parts, and what was said of a refusal and of conditions. Clocks are `clocks.ts`'s. */
import { isStillAsked, talksAfter, type Talks, type Terms } from './consultation.js';
import type { Exchange } from './exchange.js';
import type { Digest } from './ids.js';
import type { SaidOf } from './intended.js';
import type { Transition } from './machine.js';
import { MACHINES } from './machines/index.js';
import { isOwed, partsMeant, settle, stateAfter, takenAs, type Part } from './parts.js';
import type { Instant } from './time.js';
import type { DelayCode, Urgency } from './vocabulary.js';

/** What a message says in clear that its exchange keeps. */
export interface Said {
  readonly statement: Digest;
  /** parts that it is about; absent: it names none */
  readonly parts?: readonly string[] | undefined;
  /** the day that it names for them */
  readonly expected: string | null;
  /** why it takes longer; absent: it does not say so */
  readonly delayedFor?: DelayCode;
  /** a leg outside this gateway that left something in writing, and whether its author sent it; absent: it was by word of mouth, or is none */
  readonly written?: 'SENT' | 'RECEIVED';
  /** until when the measure lasts that it reports; absent: it reports none */
  readonly until?: Instant;
  /** how pressing the requested authority takes it to be, where it disagrees; absent: it does not */
  readonly urgency?: Urgency;
  /** of recipients that the request named */
  readonly answers: readonly SaidOf[];
  readonly terms: Terms | null;
  readonly proposal: Digest | null;
}

interface Progress extends Talks {
  readonly state: string;
  readonly parts: readonly Part[];
  readonly taken: Pick<Transition, 'step' | 'clock'>;
}

/** @param said null: the gateway or a consent takes the step */
export function progress(current: Exchange, row: Transition, said: Said | null, now: Instant): Progress {
  const machine = MACHINES[current.type];
  const parts = said === null ? current.parts : settle(current.parts, said.parts, row, said.expected);
  const meant = partsMeant(current.parts, said?.parts).map(({ id }) => id);
  const left = parts.filter((part) => isOwed(part) && !meant.includes(part.id)).map(({ id }) => id);
  const state = stateAfter(row, current.state, machine, parts, isStillAsked(current, left, now));
  const taken = takenAs(row, machine.ended.includes(state));
  const { consultations, agreements } = current;
  if (said === null) return { state, parts, taken, consultations, agreements };
  const about = said.parts ?? (row.consultation === 'OPENS' ? partsMeant(current.parts, undefined).map(({ id }) => id) : []);
  return { state, parts, taken, ...talksAfter({ consultations, agreements }, row, { ...said, parts: about }, now, current.clocks) };
}
