/** Due times as the wall of the requested authority shows them: its calendar counts them, so its zone is named with each. */
import type { AuthorityId } from '../../domain/ids.js';
import { isTimeZone } from '../../domain/time.js';
import type { DirectoryView, Instant } from '../sdk/index.js';

/** `2026-12-04 23:59 Africa/Lagos` */
export const wallTime = (at: Instant, timeZone: string): string =>
  `${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)} ${timeZone}`;

/** UTC where its entry names none that is known, as its days are counted then. */
export function zoneOf({ directory }: DirectoryView, authority: AuthorityId): string {
  const zone = directory.authorities.get(authority)?.entry?.timeZone;
  return zone !== undefined && isTimeZone(zone) ? zone : 'UTC';
}
