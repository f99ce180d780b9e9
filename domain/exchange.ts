/**
 * What an exchange is and which step may follow which. Each exchange type is a table; the walk knows no type by name.
 * Overdue is derived from `clocks`, never a state.
 */
import type { Talks } from './consultation.js';
import type { AuthorityId, Digest, ExchangeId } from './ids.js';
import type { Intended } from './intended.js';
import { MACHINES } from './machines/index.js';
import type { Part } from './parts.js';
import { no, ok, type Result } from './result.js';
import type { Instant } from './time.js';
import type { RunningClock } from './calendar/running-clock.js';
import type { AuthorityType, ExchangeType, ProfileId, Urgency } from './vocabulary.js';
import type { Actor, Step, Transition } from './machine.js';

export type { RunningClock } from './calendar/running-clock.js';

export interface Exchange extends Talks {
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
  /** as asked, until the requested authority says with reasons that it is less */
  readonly urgency: Urgency;
  /** until when who asked would have it, with reasons; null: it named no date */
  readonly deadline: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly clocks: readonly RunningClock[];
  /** of a request that is asked in parts; empty: it has none */
  readonly parts: readonly Part[];
  /** recipients that the request names; empty: none */
  readonly intended: readonly Intended[];
}

export interface NotPossible {
  readonly state: string;
  readonly step: Step;
  /** what may be done instead, now, and by whom */
  readonly possible: Readonly<Record<Actor, readonly Step[]>>;
}

export function actorOf(exchange: Pick<Exchange, 'requesting' | 'requested'>, who: AuthorityId): Actor | null {
  if (who === exchange.requesting) return 'R';
  return who === exchange.requested ? 'Q' : null;
}

const mayAct = (row: Transition, actor: Actor): boolean => row.actor === actor || (row.actor === 'EITHER' && actor !== 'S');

/** Rows of the steps that `actor` may take from `state`. */
export const possibleRows = (type: ExchangeType, state: string, actor: Actor): Transition[] =>
  MACHINES[type].table.filter((row) => row.from.includes(state) && mayAct(row, actor));

/** Every step that `actor` may take from `state`. */
export const possibleSteps = (type: ExchangeType, state: string, actor: Actor): Step[] =>
  possibleRows(type, state, actor).map((row) => row.step);

/**
 * May this step follow? Pure: clocks are moved by `clocks.ts`.
 * @returns the row that allows it, or what would be possible instead
 */
export function advance(type: ExchangeType, state: string, step: Step, actor: Actor): Result<Transition, NotPossible> {
  const row = MACHINES[type].table.find(
    (candidate) => candidate.step === step && candidate.from.includes(state) && mayAct(candidate, actor),
  );
  if (row !== undefined) return ok(row);
  const of = (one: Actor): Step[] => possibleSteps(type, state, one);
  return no({ state, step, possible: { R: of('R'), Q: of('Q'), S: of('S') } });
}
