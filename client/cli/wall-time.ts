/** Due times as the wall of the requested authority shows them: its calendar counts them, so its zone is named with each. */
import type { AuthorityId } from '../../domain/ids.js';
import { HOUR_MS, isTimeZone, plusMs } from '../../domain/time.js';
import type { DirectoryView, Instant } from '../sdk/index.js';

/** By how much clocks are put back in autumn, somewhere. */
const PUT_BACK_MS = [HOUR_MS, HOUR_MS / 2];

/**
 * `2026-12-04 23:59 Africa/Lagos`, with its offset where that wall shows the time twice; UTC where this runtime does not know the zone, whoever
 * named it
 */
export function wallTime(at: Instant, named: string): string {
  const timeZone = isTimeZone(named) ? named : 'UTC';
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const shown = wall.format(at);
  const isTwice = PUT_BACK_MS.some((ms) => [ms, -ms].some((by) => wall.format(plusMs(at, by)) === shown));
  return `${shown} ${isTwice ? `(${offsetOf(at, timeZone)}) ` : ''}${timeZone}`;
}

/** `UTC+02:00` */
function offsetOf(at: Instant, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const [, offset = ''] = /^GMT(.*)$/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
  return `UTC${offset === '' ? '+00:00' : offset}`;
}

/** UTC where its entry names none, as its days are counted then. */
export const zoneOf = ({ directory }: DirectoryView, authority: AuthorityId): string =>
  directory.authorities.get(authority)?.entry?.timeZone ?? 'UTC';
