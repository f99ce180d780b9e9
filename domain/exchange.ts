/**
 * What an exchange is and which step may follow which. Each exchange type is a table; the walk knows no type by name.
 * Overdue is derived from `clocks`, never a state.
 */
import type { AuthorityId, Digest, ExchangeId } from './ids.js';
import { MACHINES } from './machines/index.js';
import { no, ok, type Result } from './result.js';
import type { Instant } from './time.js';
import type { AuthorityType, ExchangeType, ProfileId } from './vocabulary.js';
import type { Actor, Step, Transition } from './machine.js';

/** A legal or internal due date. `metAt` null: still running; `suspendedAt` not null: standing still. */
export interface RunningClock {
  readonly code: string;
  readonly kind: 'ACK' | 'FIRST' | 'FINAL';
  readonly startedAt: Instant;
  readonly due: Instant;
  /** counted without the territory's calendar: nothing lapses by it (rulings 6) */
  readonly provisional: boolean;
  readonly metAt: Instant | null;
  readonly suspendedAt: Instant | null;
}

export interface Exchange {
  readonly id: ExchangeId;
  /** 1 after the opening envelope */
  readonly version: number;
  readonly type: ExchangeType;
  readonly profile: ProfileId;
  readonly state: string;
  readonly requesting: AuthorityId;
  readonly requestingType: AuthorityType;
  readonly requested: AuthorityId;
  readonly requestedType: AuthorityType;
  /** the opening envelope */
  readonly opening: Digest;
  /** the newest envelope */
  readonly last: Digest;
  readonly openedAt: Instant;
  readonly deliveredAt: Instant | null;
  readonly clocks: readonly RunningClock[];
}

export interface NotPossible {
  readonly state: string;
  readonly step: Step;
  /** what this actor may do instead, now */
  readonly possible: readonly Step[];
}

export function actorOf(exchange: Pick<Exchange, 'requesting' | 'requested'>, who: AuthorityId): Actor | null {
  if (who === exchange.requesting) return 'R';
  return who === exchange.requested ? 'Q' : null;
}

const mayAct = (row: Transition, actor: Actor): boolean => row.actor === actor || (row.actor === 'EITHER' && actor !== 'S');

/** Every step that `actor` may take from `state`. */
export const possibleSteps = (type: ExchangeType, state: string, actor: Actor): Step[] =>
  MACHINES[type].table.filter((row) => row.from.includes(state) && mayAct(row, actor)).map((row) => row.step);

/**
 * May this step follow? Pure: clocks are moved by `clocks.ts`.
 * @returns the row that allows it, or what would be possible instead
 */
export function advance(type: ExchangeType, state: string, step: Step, actor: Actor): Result<Transition, NotPossible> {
  const row = MACHINES[type].table.find(
    (candidate) => candidate.step === step && candidate.from.includes(state) && mayAct(candidate, actor),
  );
  return row === undefined ? no({ state, step, possible: possibleSteps(type, state, actor) }) : ok(row);
}

export const stateAfter = (row: Transition, state: string): string => (row.to === 'SAME' ? state : row.to);
