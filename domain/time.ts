/** Time. `Instant` is whole milliseconds UTC; RFC 3339 with `Z` on the wire; `Date` appears in this file alone. */
import { no, ok, type Result } from './result.js';

declare const brand: unique symbol;
/** Milliseconds since 1970-01-01T00:00:00Z, an integer. */
export type Instant = number & { readonly [brand]: 'Instant' };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const RFC3339_Z = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

/** In these an instant is no negative number, and whatever is counted from it still has a year of four digits. */
const YEARS = /^(?:19[7-9]|2\d\d)\d-/;

/** Accepts `2026-11-25T19:43:00Z` and the same with exactly three decimals; refuses offsets, leap seconds, 31 February and the year 9999. */
export function parseInstant(text: string): Result<Instant, string> {
  if (!RFC3339_Z.test(text)) return no('not an RFC 3339 time with Z');
  if (!YEARS.test(text)) return no('not in the years 1970 to 2999');
  const ms = Date.parse(text);
  // every month has 28 days
  const isDay = text.slice(8, 10) <= '28' || formatInstant(ms as Instant).slice(0, 19) === text.slice(0, 19);
  return isDay ? ok(ms as Instant) : no('not a day of the calendar');
}

/** RFC 3339 with milliseconds and `Z`; the one spelling that we write. */
export const formatInstant = (at: Instant): string => new Date(at).toISOString();

/** @param ms from a clock port or a database column; must be a whole number */
export function instantFromMs(ms: number): Instant {
  if (!Number.isSafeInteger(ms)) throw new RangeError('an instant is whole milliseconds');
  return ms as Instant;
}

export const plusMs = (at: Instant, ms: number): Instant => instantFromMs(at + ms);

/** Weekday 0 (Sunday) to 6 of the civil date `yyyy-mm-dd`. */
export const weekdayOf = (civilDate: string): number => new Date(`${civilDate}T00:00:00Z`).getUTCDay();

/** The civil date `n` calendar days after `yyyy-mm-dd`. */
export const plusDays = (civilDate: string, n: number): string =>
  new Date(Date.parse(`${civilDate}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);

/** Is it a day of the calendar, in the years that anybody means: 1900 to 2199? */
export const isCivilDate = (text: string): boolean =>
  /^(?:19|20|21)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text) && plusDays(text, 0) === text;

/** Is the civil date over wherever one is? Nobody is further behind UTC than 12 hours. */
export const isDayOver = (civilDate: string, now: Instant): boolean => Date.parse(`${civilDate}T12:00:00Z`) + DAY_MS <= now;

/** For libraries that take a `Date`; nothing of ours does. */
export const dateOf = (at: Instant): Date => new Date(at);

/** One formatter a zone: building one costs fifty times what using it does. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  try {
    // Swedish dates are written yyyy-mm-dd
    const made = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, made);
    return made;
  } catch {
    return null;
  }
}

/** Does this runtime know the IANA zone? Names come from directory entries, and any runtime's list is older than some name. */
export const isTimeZone = (timeZone: string): boolean => formatterOf(timeZone) !== null;

/** The civil date `yyyy-mm-dd` on the wall there and then; in UTC where the zone is unknown. */
export const civilDateAt = (at: Instant, timeZone: string): string => formatterOf(timeZone)?.format(at) ?? formatInstant(at).slice(0, 10);

/** Where days begin was asked before: one answer costs 28 looks at a calendar. */
const starts = new Map<string, Instant>();
const STARTS_MAX = 1_000;

/** The first instant of the civil date there, which need not be midnight: clocks may have been put forward over it. */
export function startOfCivilDate(civilDate: string, timeZone: string): Instant {
  const name = `${civilDate} ${timeZone}`;
  const start = starts.get(name) ?? findStart(civilDate, timeZone);
  if (starts.size >= STARTS_MAX) starts.clear();
  starts.set(name, start);
  return start;
}

function findStart(civilDate: string, timeZone: string): Instant {
  const midnightUtc = Date.parse(`${civilDate}T00:00:00Z`);
  // no zone is further than 14 hours from UTC
  let before = midnightUtc - 15 * HOUR_MS;
  let within = midnightUtc + 15 * HOUR_MS;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (civilDateAt(instantFromMs(middle), timeZone) >= civilDate) within = middle;
    else before = middle;
  }
  return instantFromMs(within);
}
