/**
 * When somebody must be told of a clock. Each alarm is one outbox row: it survives a restart, and whoever claims it settles it once.
 * A clock has one alarm at a time, that of its next stage.
 */
import type { Exchange } from '../exchange.js';
import { parseUuid, type ExchangeId } from '../ids.js';
import { no, ok, type Result } from '../result.js';
import type { NewOutbox } from '../store-rows.js';
import { instantFromMs, type Instant } from '../time.js';
import { isRunning, type RunningClock } from './running-clock.js';

/** Who owes is reminded and told that the date has passed; then who waits is told. */
const CLOCK_STAGES = ['REMIND', 'DUE', 'ESCALATE'] as const;
export type ClockStage = (typeof CLOCK_STAGES)[number];

export interface Alarm {
  readonly exchange: ExchangeId;
  /** of the clock in its exchange, where clocks are only ever added */
  readonly index: number;
  /** version of the exchange that set it */
  readonly armed: number;
  readonly stage: ClockStage;
}

const KEY = /^clock ([0-9a-f-]{36}) (\d{1,6}) (\d{1,9}) (REMIND|DUE|ESCALATE)$/;

export const alarmKey = ({ exchange, index, armed, stage }: Alarm): string => `clock ${exchange} ${index} ${armed} ${stage}`;

/** @param key our own, read back from the store */
export function parseAlarmKey(key: string): Result<Alarm, string> {
  const [, id = '', index, armed, stage] = KEY.exec(key) ?? [];
  const exchange = parseUuid(id);
  if (!exchange.ok) return no('not an alarm');
  return ok({ exchange: exchange.value, index: Number(index), armed: Number(armed), stage: stage as ClockStage });
}

/** A date ends with its last millisecond: it has passed in the next. */
export const passed = (due: Instant): Instant => instantFromMs(due + 1);

const rowOf = (alarm: Alarm, due: Instant): NewOutbox => ({
  key: alarmKey(alarm),
  kind: 'clock',
  statement: null,
  exchange: alarm.exchange,
  addressee: null,
  due,
});

/** The first alarm of each clock whose date this version of the exchange has set. */
export function alarmsOf({ id, version, clocks }: Pick<Exchange, 'id' | 'version' | 'clocks'>): readonly NewOutbox[] {
  return clocks.flatMap((clock, index) => {
    if (clock.armed !== version || !isRunning(clock)) return [];
    const alarm = { exchange: id, index, armed: version };
    return [
      clock.remindAt === null ? rowOf({ ...alarm, stage: 'DUE' }, passed(clock.due)) : rowOf({ ...alarm, stage: 'REMIND' }, clock.remindAt),
    ];
  });
}

/** The alarm after this one; null after the last. */
export function alarmAfter(alarm: Alarm, clock: Pick<RunningClock, 'due'>): NewOutbox | null {
  const stage = CLOCK_STAGES[CLOCK_STAGES.indexOf(alarm.stage) + 1];
  return stage === undefined ? null : rowOf({ ...alarm, stage }, passed(clock.due));
}
