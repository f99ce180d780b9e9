/** What a suspension of one of the two does to the times of an exchange (docs/decisions/0035). */
import { expect, it } from 'vitest';
import { explainClock } from '../../domain/calendar/explain.js';
import { moveClocks, silenced } from '../../domain/clocks.js';
import type { RunningClock } from '../../domain/exchange.js';
import { onDay as on } from './clock-context.js';

const ARRIVES = { step: 'DELIVERY_RECEIPT', clock: 'START' } as const;
const started = moveClocks([], ARRIVES, on('2026-03-02'));
const clockOf = (over: Partial<RunningClock>): RunningClock => ({ ...started[0]!, binding: 'internal target', ...over });

it('stand still while it lasts, and go on afterwards where they stood', () => {
  const clock = clockOf({});
  const [begins, ends] = [on('2026-03-03'), on('2026-03-10')];
  const still = silenced(clock, true, begins);
  expect([still.suspendedAt, still.isSilenced]).toEqual([begins.now, true]);
  // looked at again while it lasts: nothing new
  expect(silenced(still, true, on('2026-03-05'))).toBe(still);
  const goesOn = silenced(still, false, ends);
  expect([goesOn.suspendedAt, goesOn.isSilenced, goesOn.suspensions]).toEqual([null, undefined, [{ from: begins.now, to: ends.now }]]);
  expect(goesOn.due).toBeGreaterThan(clock.due);
});

it('run on where the law gives them, where a day was named, and where nobody is suspended', () => {
  for (const clock of [clockOf({ binding: 'law' }), clockOf({ unit: 'STATED' })])
    expect(silenced(clock, true, on('2026-03-03'))).toBe(clock);
  expect(silenced(clockOf({}), false, on('2026-03-03'))).toEqual(clockOf({}));
});

it('stand still no longer than the question for which they stood before', () => {
  const asked = clockOf({ suspendedAt: on('2026-03-03').now });
  expect(silenced(asked, true, on('2026-03-04'))).toBe(asked);
  expect(silenced(asked, false, on('2026-03-05'))).toBe(asked);
});

it('say for which parts they run', () => {
  const context = on('2026-03-03');
  expect(explainClock(clockOf({ parts: ['p1'] }), context.calendar, context.now).parts).toEqual(['p1']);
  expect(explainClock(clockOf({}), context.calendar, context.now).parts).toBeUndefined();
});
