/** Due times as the wall of the requested authority shows them: its calendar counts them, so its zone is named with each. */
import type { AuthorityId } from '../../domain/ids.js';
import { isTimeZone } from '../../domain/time.js';
import type { DirectoryView, Instant } from '../sdk/index.js';

/** `2026-12-04 23:59 Africa/Lagos`; UTC where this runtime does not know the zone, whoever named it */
export function wallTime(at: Instant, named: string): string {
  const timeZone = isTimeZone(named) ? named : 'UTC';
  return `${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)} ${timeZone}`;
}

/** UTC where its entry names none, as its days are counted then. */
export const zoneOf = ({ directory }: DirectoryView, authority: AuthorityId): string =>
  directory.authorities.get(authority)?.entry?.timeZone ?? 'UTC';
