/** What a clock's alarm writes: its outbox row settled, the next alarm set, a leaf for both parties, and the exchange where something follows from it. */
import type { Action } from '../../domain/audit-event.js';
import type { RunningClock } from '../../domain/calendar/running-clock.js';
import { alarmsOf } from '../../domain/calendar/timers.js';
import type { Exchange } from '../../domain/exchange.js';
import { exchangeKey } from '../../domain/guard-keys.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Chance, CommitRow, NewOutbox, OutboxRow } from '../../domain/ports.js';
import { endedAlarms } from '../../domain/retention-alarms.js';
import type { Retention } from '../../domain/retention.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import { encodeExchange } from '../cases/exchanges.js';
import { eventRow, ownDeed } from './bare-row.js';

export interface ClockNews {
  readonly action: Extract<Action, `CLOCK_${string}`>;
  /** as read */
  readonly before: Exchange;
  /** the exchange as this writes it; null: it stays as it is */
  readonly after: Exchange | null;
  readonly clock: RunningClock;
  /** as it was counted before, of a date that moved */
  readonly was: RunningClock | null;
  /** whose desk is told; null: a leaf alone */
  readonly tells: AuthorityId | null;
  /** null: no alarm brought this about */
  readonly settles: OutboxRow | null;
  readonly next: NewOutbox | null;
  readonly log: string;
  readonly retention: Retention;
  /** version of the directory that it was judged by */
  readonly directoryVersion: number;
}

/** Its date is another one, or is certain now or no more, or it stands still from now on since a side is suspended: for an open question too it may stand, and its date move. */
export const movedTo = (anew: RunningClock, was: RunningClock) =>
  anew.isSilenced === true && was.isSilenced !== true
    ? ({ action: 'CLOCK_STOPPED', was: null } as const)
    : ({ action: 'CLOCK_MOVED', was } as const);

/** When it is due: of a date that was counted again, what it was, and whether it is certain now or no more, each where it is another; and by which calendar. */
export function dueWords({ due, provisional, calendar }: RunningClock, was: RunningClock | null): string {
  if (was === null) return `DUE ${formatInstant(due)}`;
  const date = due === was.due ? '' : ` WAS ${formatInstant(was.due)}`;
  const certainty = provisional === was.provisional ? '' : provisional ? ' PROVISIONAL' : ' CERTAIN';
  return `DUE ${formatInstant(due)}${date}${certainty} BY ${calendar}`;
}

/** Content-free: ids, a code, and dates. */
export function clockRow(news: ClockNews, now: Instant, chance: Chance): CommitRow {
  const { action, before, after, clock, was, tells, settles, next, log, retention, directoryVersion } = news;
  const { opening } = before;
  const happening = ownDeed({ log, at: now, outcome: 'DONE', correlation: opening, statement: opening, codes: [clock.code] });
  const parties = [before.requesting, before.requested];
  const basis = dueWords(clock, was);
  const sight = { action, parties, originators: [], exchange: before.id, exchangeType: before.type, basis };
  return {
    ...eventRow(happening, sight, { stage: 'noticed', version: (after ?? before).version, mailbox: tells }, chance),
    exchange: after === null ? null : encodeExchange(after),
    outbox: [...(next === null ? [] : [next]), ...(after === null ? [] : [...alarmsOf(after), ...endedAlarms(after, retention, now)])],
    settles,
    // answered meanwhile, or one of the two suspended: then nothing of it is said
    expects: [
      { key: 'directory', version: directoryVersion },
      ...(after === null ? [{ key: exchangeKey(before.id), version: before.version }] : []),
    ],
  };
}
