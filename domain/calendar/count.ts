/** Counting days and hours on one authority's calendar (A.7; rulings 6). Calendar days, business days and hours are never mixed. */
import { Failure } from '../failure.js';
import { civilDateAt, HOUR_MS, instantFromMs, plusDays, startOfCivilDate, type Instant } from '../time.js';
import type { DayOff, LocalCalendar } from './local-calendar.js';
import { instantOfWall } from './wall.js';

/** A time that stands still: from a request for clarification to its answer, or while one of the two is suspended. */
export interface Suspension {
  readonly from: Instant;
  readonly to: Instant;
}

export interface Skipped extends DayOff {
  /** `yyyy-mm-dd` */
  readonly day: string;
}

export interface Counted {
  readonly due: Instant;
  /** days that lay within and did not count, in order; suspended ones aside */
  readonly skipped: readonly Skipped[];
}

/** looked at for one date: a hundred years, in which whatever is an office opens */
const DAYS_MAX = 36_525;
const noEnd = (): Failure => new Failure('INVARIANT_BROKEN', `no end within ${DAYS_MAX} days`);

/** The last millisecond of the local day. */
export const endOfDay = (civilDate: string, timeZone: string): Instant =>
  instantFromMs(startOfCivilDate(plusDays(civilDate, 1), timeZone) - 1);

/**
 * The end of the `amount`th local day after `from`. The day of an event is not counted in what it begins: neither that of the receipt
 * (Regulation 1182/71 art 3(1) [M]), nor that of the request for clarification in the suspension [D]. So a suspension takes out the days
 * after the request up to and with the day of the answer, each as the calendar would have counted it: over a holiday it takes out nothing twice,
 * and asked and answered on one day nothing at all. No date falls into a suspension: the day on which one was to end gives way to the next that counts.
 * @throws Failure `INVARIANT_BROKEN` where the place never opens
 */
export function countDays(
  from: Instant,
  amount: number,
  unit: 'CALENDAR_DAYS' | 'BUSINESS_DAYS',
  suspensions: readonly Suspension[],
  calendar: LocalCalendar,
): Counted {
  const { timeZone } = calendar;
  if (unit === 'CALENDAR_DAYS' && suspensions.length === 0)
    return { due: endOfDay(plusDays(civilDateAt(from, timeZone), amount), timeZone), skipped: [] };
  const still = suspensions.map((span) => [civilDateAt(span.from, timeZone), civilDateAt(span.to, timeZone)] as const);
  const skipped: Skipped[] = [];
  let day = civilDateAt(from, timeZone);
  let left = amount;
  const stands = (at: Instant): boolean => suspensions.some(({ from, to }) => from <= at && at < to);
  for (let looked = 0; left > 0; looked += 1) {
    if (looked === DAYS_MAX) throw noEnd();
    day = plusDays(day, 1);
    if (still.some(([first, last]) => first < day && day <= last)) continue;
    const off = unit === 'BUSINESS_DAYS' ? calendar.dayOff(day) : null;
    if (off === null) left -= left === 1 && stands(endOfDay(day, timeZone)) ? 0 : 1;
    else skipped.push({ day, ...off });
  }
  return { due: endOfDay(day, timeZone), skipped };
}

/**
 * `amount` hours after `from`: on the wall clock where somebody always answers, else while the office is open; never while it stands still.
 * @throws Failure `INVARIANT_BROKEN` where the place never opens
 */
export function countHours(from: Instant, amount: number, suspensions: readonly Suspension[], calendar: LocalCalendar): Counted {
  const skipped: Skipped[] = [];
  let left = amount * HOUR_MS;
  let day = civilDateAt(from, calendar.timeZone);
  for (let looked = 0; looked < DAYS_MAX; looked += 1) {
    const opening = openingOn(day, from, calendar);
    if ('why' in opening) skipped.push({ day, ...opening });
    else
      for (const { start, end } of runningWithin(opening, suspensions)) {
        if (end - start >= left) return { due: instantFromMs(start + left), skipped };
        left -= end - start;
      }
    day = plusDays(day, 1);
  }
  throw noEnd();
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** @returns the part of the day's office hours after `from`, which may be empty */
function openingOn(day: string, from: Instant, calendar: LocalCalendar): Stretch | DayOff {
  const { office, timeZone } = calendar;
  if (office === 'ALWAYS')
    return { start: Math.max(from, startOfCivilDate(day, timeZone)), end: startOfCivilDate(plusDays(day, 1), timeZone) };
  const off = calendar.dayOff(day);
  if (off !== null) return off;
  const end = instantOfWall(day, office.closes, timeZone);
  return { start: Math.min(end, Math.max(from, instantOfWall(day, office.opens, timeZone))), end };
}

/** @param suspensions in order, none within another */
function runningWithin({ start, end }: Stretch, suspensions: readonly Suspension[]): readonly Stretch[] {
  const running: Stretch[] = [];
  let at = start;
  for (const { from, to } of suspensions) {
    if (to <= at || from >= end) continue;
    if (from > at) running.push({ start: at, end: from });
    at = Math.min(end, to);
  }
  return [...running, { start: at, end }];
}
