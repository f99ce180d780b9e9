/** Days of the calendar and of the office, counted where the requested authority is (A.7; rulings 6). */
import { civilDateAt, instantFromMs, isTimeZone, plusDays, startOfCivilDate, weekdayOf, type Instant } from './time.js';

/** Saturday and Sunday until a territory's own calendar is known: dates counted so are provisional. */
const WEEKEND: ReadonlySet<number> = new Set([0, 6]);

const isBusinessDay = (civilDate: string): boolean => !WEEKEND.has(weekdayOf(civilDate));

/** The `n`th business day after `civilDate`: counting starts with the next one, whatever day it is. */
function plusBusinessDays(civilDate: string, n: number): string {
  let day = civilDate;
  for (let left = n; left > 0;) {
    day = plusDays(day, 1);
    if (isBusinessDay(day)) left--;
  }
  return day;
}

export interface DueDay {
  /** the last millisecond of the local day */
  readonly due: Instant;
  /** no calendar of the territory's holidays, or an unknown zone: the date says so, and nothing lapses by it */
  readonly provisional: boolean;
}

/** The end of the `amount`th local day after `from`; the day itself is not counted. */
export function dueAfter(from: Instant, amount: number, unit: 'CALENDAR_DAYS' | 'BUSINESS_DAYS', timeZone: string): DueDay {
  const today = civilDateAt(from, timeZone);
  const last = unit === 'CALENDAR_DAYS' ? plusDays(today, amount) : plusBusinessDays(today, amount);
  return {
    due: instantFromMs(startOfCivilDate(plusDays(last, 1), timeZone) - 1),
    provisional: unit === 'BUSINESS_DAYS' || !isTimeZone(timeZone),
  };
}
