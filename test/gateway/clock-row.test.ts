/** What a leaf says of a clock whose date was counted again: that it stands still is said when it begins to, and of a suspension alone. */
import { describe, expect, it } from 'vitest';
import { localCalendar } from '../../domain/calendar/local-calendar.js';
import { moveClocks, recounted, silenced } from '../../domain/clocks.js';
import type { RunningClock } from '../../domain/calendar/running-clock.js';
import { formatInstant, plusMs } from '../../domain/time.js';
import { dueWords, movedTo } from '../../gateway/rows/clock-row.js';
import { clockContext, ZONE } from '../domain/clock-context.js';
import { testCalendars } from '../support/calendars.js';

const context = clockContext();
const calendar = localCalendar(testCalendars(), { territory: 'VG', timeZone: ZONE, seq: 2 });
const counting = { now: plusMs(context.now, 1), version: 4, calendar };
const [running] = moveClocks([], { step: 'DELIVERY_RECEIPT', clock: 'START' }, context).map((clock) => ({
  ...clock,
  binding: 'practice' as const,
  due: plusMs(clock.due, -1),
  calendar: 'another',
}));
const questioned = { ...running!, suspendedAt: context.now };
const still = silenced(running!, [{ from: counting.now, to: null }], counting);

describe('a clock that was counted again', () => {
  it('has moved where a calendar changed, also while it stands still', () => {
    for (const was of [running!, questioned, still]) expect(movedTo(recounted(was, counting), was)).toEqual({ action: 'CLOCK_MOVED', was });
  });

  it('has stopped where a suspension began, and moved where that ended', () => {
    expect(movedTo(still, running!)).toEqual({ action: 'CLOCK_STOPPED', was: null });
    expect(movedTo(silenced(still, [], counting), still)).toEqual({ action: 'CLOCK_MOVED', was: still });
  });

  const said = (was: RunningClock, now: Partial<RunningClock>): string => dueWords({ ...was, ...now }, was);
  const [due, before] = [running!.due, plusMs(running!.due, 1)].map(formatInstant);

  it('says which date it was, and whether it is certain now, only where that is another', () => {
    expect(said(running!, { due: plusMs(running!.due, 1) })).toBe(`DUE ${before} WAS ${due} BY another`);
    expect(said({ ...running!, provisional: true }, { provisional: false })).toBe(`DUE ${due} CERTAIN BY another`);
    expect(said(running!, { provisional: true })).toBe(`DUE ${due} PROVISIONAL BY another`);
    expect(said({ ...running!, provisional: true }, { due: plusMs(running!.due, 1), provisional: false })).toBe(
      `DUE ${before} WAS ${due} CERTAIN BY another`,
    );
    // it goes on after standing still, to the same date
    expect(said(still, { suspendedAt: null })).toBe(`DUE ${due} BY another`);
    expect(dueWords(running!, null)).toBe(`DUE ${due}`);
  });
});
