/** Due dates: which clocks an exchange runs, and what a step does to them. Overdue is derived, never a state. */
import { dueAfter } from './calendar-days.js';
import type { RunningClock } from './exchange.js';
import type { Transition } from './machine.js';
import type { Profile, ProfileClock } from './profiles/profile.js';
import { civilDateAt, HOUR_MS, plusMs, type Instant } from './time.js';
import type { ExchangeType } from './vocabulary.js';

export interface ClockContext {
  readonly now: Instant;
  readonly profile: Pick<Profile, 'clocks' | 'suspendsOnClarification'>;
  readonly exchangeType: ExchangeType;
  /** IANA zone of the requested authority: its calendar counts, not the asker's */
  readonly timeZone: string;
}

function started(row: ProfileClock, { now, timeZone }: ClockContext): RunningClock {
  const { due, provisional } =
    row.unit === 'HOURS' ? { due: plusMs(now, row.amount * HOUR_MS), provisional: false } : dueAfter(now, row.amount, row.unit, timeZone);
  return { code: row.code, kind: row.kind, startedAt: now, due, provisional, metAt: null, suspendedAt: null };
}

/** Which kinds a step meets. An answer is more than an acknowledgement, and an end meets whatever was still owed. */
const MEETS: Readonly<Record<'ACK' | 'FIRST' | 'MET', readonly RunningClock['kind'][]>> = {
  ACK: ['ACK'],
  FIRST: ['ACK', 'FIRST'],
  MET: ['ACK', 'FIRST', 'FINAL'],
};

const resumed = (clock: RunningClock, now: Instant): RunningClock =>
  clock.suspendedAt === null ? clock : { ...clock, due: plusMs(clock.due, now - clock.suspendedAt), suspendedAt: null };

/**
 * The clocks after a step. A clarification suspends them where the profile says so, and the time it took is added.
 * @param effect of the row that allowed the step; undefined: none
 */
export function moveClocks(clocks: readonly RunningClock[], effect: Transition['clock'], context: ClockContext): readonly RunningClock[] {
  const { now, profile, exchangeType } = context;
  switch (effect) {
    case undefined:
      return clocks;
    case 'START':
      return [...clocks, ...profile.clocks.filter((row) => row.on.includes(exchangeType)).map((row) => started(row, context))];
    case 'STOP':
      // what could not be read was not received: its clocks never ran
      return clocks.filter((clock) => clock.metAt !== null);
    case 'SUSPEND':
      return profile.suspendsOnClarification
        ? clocks.map((clock) => (clock.metAt === null && clock.suspendedAt === null ? { ...clock, suspendedAt: now } : clock))
        : clocks;
    case 'RESUME':
      return clocks.map((clock) => resumed(clock, now));
    default:
      return clocks.map((clock) =>
        clock.metAt === null && MEETS[effect].includes(clock.kind) ? { ...resumed(clock, now), metAt: now } : clock,
      );
  }
}

/** The local day on which it is due, as the requested authority's calendar shows it. */
export const dueLocal = (clock: RunningClock, timeZone: string): string => civilDateAt(clock.due, timeZone);

/** Clocks that run and have passed their due date, and those met too late. */
export const overdue = (clocks: readonly RunningClock[], now: Instant): readonly RunningClock[] =>
  clocks.filter((clock) => (clock.metAt ?? clock.suspendedAt ?? now) > clock.due);
