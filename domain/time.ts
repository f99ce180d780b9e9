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

/** Accepts `2026-11-25T19:43:00Z` and the same with exactly three decimals; refuses offsets, leap seconds and 31 February. */
export function parseInstant(text: string): Result<Instant, string> {
  if (!RFC3339_Z.test(text)) return no('not an RFC 3339 time with Z');
  const ms = Date.parse(text);
  return formatInstant(ms as Instant).slice(0, 19) === text.slice(0, 19) ? ok(ms as Instant) : no('not a day of the calendar');
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

/** For libraries that take a `Date`; nothing of ours does. */
export const dateOf = (at: Instant): Date => new Date(at);
