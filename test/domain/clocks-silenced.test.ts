/** What a suspension of one of the two does to the times of an exchange (docs/decisions/0035). */
import { expect, it } from 'vitest';
import { explainClock } from '../../domain/calendar/explain.js';
import { moveClocks, silenced } from '../../domain/clocks.js';
import type { RunningClock } from '../../domain/exchange.js';
import { DAY_MS, HOUR_MS, instantFromMs } from '../../domain/time.js';
import { onDay as on } from './clock-context.js';

const ARRIVES = { step: 'DELIVERY_RECEIPT', clock: 'START' } as const;
const started = moveClocks([], ARRIVES, on('2026-03-02'));
/** From two in the afternoon of that day, UTC. */
const since = (day: string) => [{ from: on(day).now, to: null }];
const span = (from: string, to: string) => ({ from: on(from).now, to: on(to).now });

const clockOf = (over: Partial<RunningClock>): RunningClock => ({ ...started[0]!, binding: 'internal target', ...over });

it('stand still while it lasts, and go on afterwards where they stood', () => {
  const clock = clockOf({});
  const [begins, ends] = [on('2026-03-03'), on('2026-03-10')];
  const still = silenced(clock, since('2026-03-03'), begins);
  expect([still.suspendedAt, still.isSilenced]).toEqual([begins.now, true]);
  // looked at again while it lasts: nothing new
  expect(silenced(still, since('2026-03-03'), on('2026-03-05'))).toBe(still);
  const goesOn = silenced(still, [span('2026-03-03', '2026-03-10')], on('2026-03-12'));
  expect([goesOn.suspendedAt, goesOn.isSilenced, goesOn.suspensions]).toEqual([null, undefined, [{ from: begins.now, to: ends.now }]]);
  expect(goesOn.due).toBeGreaterThan(clock.due);
});

it('run on where the law gives them, where a day was named, and where nobody is suspended', () => {
  for (const clock of [clockOf({ binding: 'law' }), clockOf({ unit: 'STATED' })])
    expect(silenced(clock, since('2026-03-03'), on('2026-03-03'))).toBe(clock);
  expect(silenced(clockOf({}), [], on('2026-03-03'))).toEqual(clockOf({}));
});

it('stand still no longer than the question for which they stood before', () => {
  const asked = clockOf({ suspendedAt: on('2026-03-03').now });
  expect(silenced(asked, since('2026-03-04'), on('2026-03-04'))).toBe(asked);
  expect(silenced(asked, [], on('2026-03-05'))).toBe(asked);
});

it('say for which parts they run', () => {
  const context = on('2026-03-03');
  expect(explainClock(clockOf({ parts: ['p1'] }), context.calendar, context.now).parts).toEqual(['p1']);
  expect(explainClock(clockOf({}), context.calendar, context.now).parts).toBeUndefined();
});

it('stand still from the first moment to the last, whenever somebody looks; what began before they did counts from their own beginning', () => {
  const clock = started.find(({ code }) => code === 'BVI_21D')!;
  expect(silenced(clock, since('2026-03-04'), on('2026-03-09')).suspendedAt).toBe(on('2026-03-04').now);
  expect(silenced(clock, since('2026-02-20'), on('2026-03-09')).suspendedAt).toBe(clock.startedAt);
  const unseen = silenced(clock, [span('2026-03-04', '2026-03-06')], on('2026-03-09'));
  expect([unseen.suspensions, unseen.suspendedAt]).toEqual([[span('2026-03-04', '2026-03-06')], null]);
  expect(unseen.due).toBeGreaterThan(clock.due);
  expect(unseen.armed).toBe(on('2026-03-09').version);
  // once is enough
  expect(silenced(unseen, [span('2026-03-04', '2026-03-06')], on('2026-03-10'))).toBe(unseen);
  const again = silenced(
    silenced(clock, since('2026-03-03'), on('2026-03-03')),
    [span('2026-03-03', '2026-03-04'), ...since('2026-03-06')],
    on('2026-03-09'),
  );
  expect([again.suspensions, again.suspendedAt, again.isSilenced]).toEqual([
    [span('2026-03-03', '2026-03-04')],
    on('2026-03-06').now,
    true,
  ]);
});

it('go on where they were when it moved no date, or their date had passed, or it was over before they began', () => {
  const clock = clockOf({});
  const noon = { from: on('2026-03-04').now, to: instantFromMs(on('2026-03-04').now + 1) };
  expect(silenced(clock, [noon], on('2026-03-05'))).toBe(clock);
  expect(silenced(clock, since('2026-05-04'), on('2026-05-05'))).toBe(clock);
  expect(silenced(clock, [span('2026-02-02', '2026-02-03')], on('2026-03-05'))).toBe(clock);
  // another process's clock ran ahead: it stood still when all was over
  const late = silenced(
    started.find(({ code }) => code === 'BVI_21D')!,
    since('2026-03-06'),
    on('2026-03-06'),
  );
  expect(late.isSilenced).toBe(true);
  expect(silenced(late, [span('2026-03-03', '2026-03-05')], on('2026-03-07'))).toMatchObject({
    suspendedAt: null,
    suspensions: [span('2026-03-06', '2026-03-07')],
  });
  expect(silenced(late, [], on('2026-03-07')).suspendedAt).toBeNull();
});

it('have a day that counts left where it began on their last', () => {
  const clock = clockOf({});
  const lastDay = clock.due - 6 * HOUR_MS;
  const silence = { from: instantFromMs(lastDay), to: instantFromMs(lastDay + 20 * DAY_MS) };
  expect(silenced(clock, [silence], on('2026-05-05')).due).toBeGreaterThan(silence.to);
});
