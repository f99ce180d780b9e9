/** The clock on the wall of a place, and back. */
import { MINUTE_MS, plusMs, startOfCivilDate, type Instant } from '../time.js';

/** One formatter a zone: building one costs fifty times what using it does. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function minuteAt(at: Instant, timeZone: string): number {
  const formatter =
    formatters.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  formatters.set(timeZone, formatter);
  const text = formatter.format(at);
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

/**
 * When the wall clock there shows `minute` minutes after midnight on that date.
 * A time that clocks put forward leave out is as much later as they were put forward; one that comes twice is its first.
 * @param timeZone one that this runtime knows
 */
export function instantOfWall(civilDate: string, minute: number, timeZone: string): Instant {
  const even = plusMs(startOfCivilDate(civilDate, timeZone), minute * MINUTE_MS);
  const off = minuteAt(even, timeZone) - minute;
  const corrected = plusMs(even, -off * MINUTE_MS);
  return minuteAt(corrected, timeZone) === minute ? corrected : even;
}
