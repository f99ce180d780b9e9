/** The shape of a state machine: a table of rows, each with its source. */
import type { ExchangeType, Message, SystemStep } from './vocabulary.js';

/** R: who opened it (requesting, transmitting, holder). Q: who was asked (requested, receiving, originator). S: the gateway. */
export type Actor = 'R' | 'Q' | 'S';
export type Step = Message | SystemStep;

export interface Transition {
  readonly from: readonly string[];
  readonly step: Step;
  readonly actor: Actor | 'EITHER';
  /** `SAME`: the state stays */
  readonly to: string;
  /** what happens to the profile's clocks: `START` on receipt, `SUSPEND`/`RESUME` by clarification, `MET` ends them, `FIRST` meets the first-reply clock */
  readonly clock?: 'START' | 'SUSPEND' | 'RESUME' | 'MET' | 'FIRST' | 'ACK';
  readonly source: string;
}

export interface Machine {
  readonly type: ExchangeType;
  readonly opened: string;
  /** states in which nothing more is owed */
  readonly ended: readonly string[];
  readonly states: readonly string[];
  readonly table: readonly Transition[];
}
