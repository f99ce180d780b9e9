/** What the other side owes is counted on the calendar of the one that waits for it, which declares that calendar itself (docs/decisions/0037). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localCalendar } from '../../domain/calendar/local-calendar.js';
import { counted, hasRunOut } from '../../domain/calendar/running-clock.js';
import { alarmsOf } from '../../domain/calendar/timers.js';
import { moveClocks, recounted, silenced } from '../../domain/clocks.js';
import type { RunningClock } from '../../domain/exchange.js';
import { DAY_MS, HOUR_MS, plusMs, type Instant } from '../../domain/time.js';
import { testCalendars } from '../support/calendars.js';
import { instant, uuid } from '../support/ids.js';
import { clockContext } from './clock-context.js';

const ASKS = { step: 'CLARIFICATION_REQUEST', clock: 'SUSPEND' } as const;
const START = instant('2026-03-02T10:00:00Z');
const onDay = (days: number): Instant => plusMs(START, days * DAY_MS);

type Days = ('SUN' | 'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT')[];
interface Entry {
  readonly territory: string;
  readonly timeZone: string;
  readonly calendar?: { weekend?: Days; closingDays?: string[] };
}
const calendarOf = (entry: Entry, seq: number, data = testCalendars()) => localCalendar(data, { ...entry, seq });

const UNKNOWN: Entry = { territory: 'ZZ', timeZone: 'UTC' };
const DECLARED: Entry = { ...UNKNOWN, calendar: { weekend: ['SAT', 'SUN'], closingDays: ['2026-12-25'] } };

/** Ten business days for the answer to a question. */
const begun = (entry: Entry): RunningClock => {
  const clocks = moveClocks([], ASKS, clockContext({ now: START, calendar: calendarOf(entry, 1) }));
  return clocks.find(({ code }) => code === 'CLARIFICATION_10BD')!;
};
const looked = (clock: RunningClock, entry: Entry, seq: number, days: number, data = testCalendars()) =>
  recounted(clock, { calendar: calendarOf(entry, seq, data), version: 9, now: onDay(days) });
/** the whole time, had it begun on that day */
const wholeFrom = (clock: RunningClock, entry: Entry, days: number) =>
  counted({ ...clock, startedAt: onDay(days), suspensions: [] }, calendarOf(entry, 9));

it('a time that an entry makes certain begins with that entry, whether it has passed or not', () => {
  const clock = begun(UNKNOWN);
  for (const days of [3, 30]) {
    const anew = looked(clock, DECLARED, 2, days);
    expect(anew).toMatchObject({ provisional: false, due: wholeFrom(clock, DECLARED, days).due, startedAt: START });
    expect(hasRunOut(anew, onDay(days))).toBe(false);
    // the same entry looked at later changes nothing
    expect(looked(anew, DECLARED, 2, days + 5)).toBe(anew);
  }
});

it('a date that an entry makes certain, and gives earlier, is certain where it stands', () => {
  const closed = ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'];
  const clock = begun({ ...UNKNOWN, calendar: { closingDays: closed } });
  const wholeTime = wholeFrom(clock, DECLARED, 0).due;
  expect(clock.provisional && clock.due > wholeTime).toBe(true);
  const anew = looked(clock, DECLARED, 2, 0);
  expect(anew).toMatchObject({ provisional: false, due: clock.due });
  expect(hasRunOut(anew, plusMs(clock.due, 1))).toBe(true);
  // the alarm that found it is over: without one of its own nothing would follow from its passing
  expect(alarmsOf({ id: uuid(1), version: 9, clocks: [anew] })).toMatchObject([{ kind: 'clock' }]);
  expect(looked(anew, DECLARED, 2, 5)).toBe(anew);
});

it('a time that new data make certain is counted from where it began', () => {
  const clock = begun(UNKNOWN);
  const data = { version: 'test 2', of: () => ({ weekend: [6, 0] as const, lastDay: null, holidayOn: () => null }) };
  expect(looked(clock, UNKNOWN, 1, 30, data)).toMatchObject({ provisional: false, due: clock.due, suspensions: [] });
});

it('a new entry brings no date of the other side forward, and may put it off', () => {
  const clock = begun({ ...UNKNOWN, territory: 'VG' });
  const free: Entry = { territory: 'VG', timeZone: 'UTC', calendar: { weekend: ['SUN'] } };
  expect(looked(clock, free, 2, 3)).toBe(clock);
  expect(looked(clock, { ...free, timeZone: 'Asia/Tokyo' }, 2, 3)).toBe(clock);
  const closed = looked(clock, { territory: 'VG', timeZone: 'UTC', calendar: { closingDays: ['2026-03-05'] } }, 2, 3);
  expect(closed.due).toBeGreaterThan(clock.due);
  // the authority's own dates follow its own calendar
  const own = { ...clock, owes: 'Q' as const };
  expect(looked(own, free, 2, 3).due).toBeLessThan(clock.due);
});

it('nor does a time that stood still go on by a new entry as if that had always held', () => {
  const clock = begun(UNKNOWN);
  const goingOn = clockContext({ now: onDay(21), calendar: calendarOf(DECLARED, 2) });
  const [resumed] = moveClocks([{ ...clock, suspendedAt: onDay(20) }], { step: 'INTERIM_REPLY', clock: 'RESUME' } as const, goingOn);
  expect(resumed).toMatchObject({ provisional: false, due: wholeFrom(clock, DECLARED, 21).due });
  const [since, until] = [onDay(12), onDay(13)];
  const still = silenced({ ...clock, due: onDay(14) }, [{ from: since, to: null }], {
    calendar: calendarOf(UNKNOWN, 1),
    version: 3,
    now: since,
  });
  const goesOn = silenced(still, [{ from: since, to: until }], { calendar: calendarOf(DECLARED, 2), version: 4, now: onDay(40) });
  expect(goesOn).toMatchObject({ provisional: false, due: wholeFrom(clock, DECLARED, 40).due });
});

it('nor does it take away what was left of a time that stood still', () => {
  const clock = begun({ ...UNKNOWN, territory: 'VG' });
  const free = calendarOf({ territory: 'VG', timeZone: 'UTC', calendar: { weekend: [] } }, 2);
  const [since, until] = [plusMs(clock.due, -2 * DAY_MS), plusMs(clock.due, 16 * DAY_MS)];
  const goingOn = clockContext({ now: until, calendar: free, version: 7 });
  const [resumed] = moveClocks([{ ...clock, suspendedAt: since }], { step: 'INTERIM_REPLY', clock: 'RESUME' } as const, goingOn);
  expect(resumed).toMatchObject({ due: plusMs(clock.due, 18 * DAY_MS), armed: 7 });
  // nobody looked while it lasted
  const unseen = silenced(clock, [{ from: since, to: until }], goingOn);
  expect(unseen).toMatchObject({ due: plusMs(clock.due, 18 * DAY_MS), armed: 7 });
  expect(unseen.suspensions).toEqual([{ from: since, to: until }]);
  expect(recounted(unseen, goingOn)).toBe(unseen);
  // what had passed before is late, and stays so
  const late = { ...clock, suspendedAt: plusMs(clock.due, DAY_MS) };
  expect(moveClocks([late], { step: 'INTERIM_REPLY', clock: 'RESUME' } as const, goingOn)[0]!.due).toBe(clock.due);
  // an entry that says nothing else of its days changes nothing
  const same = { ...goingOn, calendar: calendarOf({ ...UNKNOWN, territory: 'VG' }, 2) };
  const before = { ...goingOn, calendar: calendarOf({ ...UNKNOWN, territory: 'VG' }, 1) };
  for (let hours = 1; hours < 400; hours += 7)
    for (const still of [1, 20, 50, 130, 300]) {
      const span = { from: plusMs(START, hours * HOUR_MS), to: plusMs(START, (hours + still) * HOUR_MS) };
      expect(silenced(clock, [span], same).due).toBe(silenced(clock, [span], before).due);
    }
});

const entries = fc.record({
  territory: fc.constantFrom('ZZ', 'VG'),
  timeZone: fc.constantFrom('UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Mars/Tharsis'),
  calendar: fc.record(
    {
      weekend: fc.subarray<Days[number]>(['SUN', 'MON', 'FRI', 'SAT']),
      closingDays: fc.uniqueArray(fc.constantFrom('2026-03-05', '2026-03-12', '2026-03-19', '2026-04-01', '2026-06-30'), { maxLength: 4 }),
    },
    { requiredKeys: [] },
  ),
});

it('no order of entries lets anybody act on the silence of the other side before what it was told', () => {
  const later = fc.array(fc.record({ entry: entries, days: fc.integer({ min: 0, max: 9 }) }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(entries, later, (first, changes) => {
      let [clock, days] = [begun(first), 0];
      changes.forEach((change, i) => {
        days += change.days;
        const before = clock;
        clock = looked(before, change.entry, i + 2, days);
        expect(clock.due).toBeGreaterThanOrEqual(before.due);
        if (before.provisional && !clock.provisional)
          expect(clock.due).toBe(Math.max(before.due, wholeFrom(clock, change.entry, days).due));
        if (!hasRunOut(before, onDay(days))) expect(hasRunOut(clock, onDay(days))).toBe(false);
      });
    }),
  );
});
