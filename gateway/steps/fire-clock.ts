/**
 * A clock's alarm has come: who owes is reminded, or told that the date has passed, then who waits is told; and where the profile says so,
 * silence takes its step. A date is counted again on today's calendar first, and a provisional one ends nothing (rulings 6).
 */
import { recounted, silenced } from '../../domain/clocks.js';
import { hasRunOut, isRunning, type RunningClock } from '../../domain/calendar/running-clock.js';
import { alarmAfter, parseAlarmKey, type Alarm } from '../../domain/calendar/timers.js';
import type { Exchange } from '../../domain/exchange.js';
import { Failure } from '../../domain/failure.js';
import type { OutboxRow } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import { advanceExchange, calendarOf, silencesOf, toldOf, type Almanac } from '../cases/advance.js';
import { readExchange } from '../cases/exchanges.js';
import { clockRow, movedTo, type ClockNews } from '../rows/clock-row.js';
import { ROUNDS_MAX, type Workshop } from '../workshop.js';

/** @returns whether the row is settled now; otherwise another worker has it, or its lease runs out and it comes again */
export async function fireClock(shop: Workshop, row: OutboxRow): Promise<boolean> {
  const { store, clock, chance, committer, config, calendars } = shop;
  const alarm = parseAlarmKey(row.key);
  if (!alarm.ok) throw new Failure('INVARIANT_BROKEN', `outbox row ${row.key} is no alarm`);
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const now = clock.now();
    const exchange = await readExchange(alarm.value.exchange, store);
    const rings = exchange?.clocks[alarm.value.index];
    // met, standing still, or its date was set anew, with an alarm of its own
    if (!exchange || rings?.armed !== alarm.value.armed || !isTold(rings, alarm.value)) return store.retry(row.key, row.fence, now, true);
    const directory = round === 0 ? await shop.directory.current() : await shop.directory.refresh();
    const news = newsOf(exchange, rings, alarm.value, { calendars, directory }, now);
    const context = { log: config.origin, retention: config.retention, directoryVersion: directory.version };
    const committed = await committer.commit(clockRow({ ...news, before: exchange, settles: row, ...context }, now, chance));
    if (committed.kind === 'committed') return true;
    if (committed.kind === 'conflict' && committed.on.of === 'fence') return false;
  }
  return false;
}

/** What lapsed is met by its own lapse, and who waited is told all the same. */
const isTold = (clock: RunningClock, { stage }: Alarm): boolean =>
  isRunning(clock) || (stage === 'ESCALATE' && clock.lapses && clock.metAt !== null && clock.metAt > clock.due);

type News = Omit<ClockNews, 'before' | 'settles' | 'log' | 'retention' | 'directoryVersion'>;

function newsOf(exchange: Exchange, clock: RunningClock, alarm: Alarm, almanac: Almanac, now: Instant): News {
  const version = exchange.version + 1;
  const counting = { now, calendar: calendarOf(exchange, almanac), version };
  const anew = silenced(recounted(clock, counting), silencesOf(exchange, almanac), counting);
  const { requesting, requested } = exchange;
  const [owes, waits] = clock.owes === 'Q' ? [requested, requesting] : [requesting, requested];
  if (anew !== clock) {
    const clocks = exchange.clocks.map((one) => (one === clock ? anew : one));
    return {
      ...movedTo(anew, clock),
      after: { ...exchange, version, clocks },
      clock: anew,
      tells: toldOf(anew, exchange, almanac),
      next: null,
    };
  }
  const next = alarmAfter(alarm, clock);
  const told = { clock, was: null, next };
  if (alarm.stage === 'REMIND') return { ...told, action: 'CLOCK_REMIND', after: null, tells: owes };
  if (alarm.stage === 'ESCALATE') return { ...told, action: 'CLOCK_ESCALATE', after: null, tells: waits };
  const lapsed =
    clock.lapses && hasRunOut(clock, now)
      ? advanceExchange({ before: exchange, current: exchange, step: 'LAPSE', actor: 'S', said: null }, null, almanac, now)
      : null;
  return lapsed?.ok === true
    ? { ...told, action: 'CLOCK_LAPSE', after: lapsed.value, tells: owes }
    : { ...told, action: 'CLOCK_DUE', after: null, tells: owes };
}
