/** What a leaf says of a clock whose date was counted again: that it stands still is said when it begins to, and of a suspension alone. */
import { describe, expect, it } from 'vitest';
import { localCalendar } from '../../domain/calendar/local-calendar.js';
import { moveClocks, recounted, silenced } from '../../domain/clocks.js';
import { plusMs } from '../../domain/time.js';
import { movedTo } from '../../gateway/rows/clock-row.js';
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
    for (const was of [running!, questioned, still])
      expect(movedTo(recounted(was, counting), was)).toEqual({ action: 'CLOCK_MOVED', oldDue: was.due });
  });

  it('has stopped where a suspension began, and moved where that ended', () => {
    expect(movedTo(still, running!)).toEqual({ action: 'CLOCK_STOPPED', oldDue: null });
    expect(movedTo(silenced(still, [], counting), still)).toEqual({ action: 'CLOCK_MOVED', oldDue: still.due });
  });
});
