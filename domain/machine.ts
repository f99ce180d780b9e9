/** The shape of a state machine: a table of rows, each with its source. */
import type { Message, SystemStep } from './messages.js';

/** R: who opened it (requesting, transmitting, holder). Q: who was asked (requested, receiving, originator). S: the gateway. */
export type Actor = 'R' | 'Q' | 'S';
export type Step = Message | SystemStep;

/** How one part of a request stands. What is OPEN or POSTPONED is still owed an answer. */
export const PART_STATES = ['OPEN', 'POSTPONED', 'ANSWERED', 'NEGATIVE', 'REFUSED', 'WITHDRAWN'] as const;
export type PartState = (typeof PART_STATES)[number];

export interface Transition {
  readonly from: readonly string[];
  readonly step: Step;
  readonly actor: Actor | 'EITHER';
  /** `SAME`: the state stays */
  readonly to: string;
  /**
   * What happens to the profile's clocks: `START` on receipt, `ANEW` those of an answer once more, `STOP` forgets those that run, `SUSPEND`/`RESUME` by clarification,
   * `MET` ends them, `FIRST` meets the first-reply clock.
   */
  readonly clock?: 'START' | 'ANEW' | 'STOP' | 'SUSPEND' | 'RESUME' | 'MET' | 'FIRST' | 'ACK';
  /** what it makes of the parts that it names, of all that are owed where it names none; then the state derives from them all */
  readonly part?: PartState;
  /** `OPENS` and `ANSWERS` a consultation before a refusal; `OWED`: the step is lawful only after one */
  readonly consultation?: 'OPENS' | 'ANSWERS' | 'OWED';
  readonly source: string;
}

export interface Machine {
  readonly opened: string;
  /** states in which nothing more is owed */
  readonly ended: readonly string[];
  readonly states: readonly string[];
  /** none: the type has its name and is not offered */
  readonly table: readonly Transition[];
  /** where its requests have parts: how it stands while some are owed, before and after the first is settled */
  readonly partly?: { readonly none: string; readonly some: string };
}
