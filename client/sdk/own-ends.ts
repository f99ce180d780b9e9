/** What of an authority's entry time alone ends: past it nobody seals to the desk, or the officer signs in no more, and nobody else would say so before. */
import type { AuthorityId } from '../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs, type Instant } from '../../domain/time.js';
import type { DirectoryView } from './directory.js';

export interface Ending {
  /** `ENTRY`: all that it lists; `DESK`: its newest keys; `OFFICER`: their term */
  readonly of: 'ENTRY' | 'DESK' | 'OFFICER';
  readonly name: string;
  readonly until: string;
  readonly hasEnded: boolean;
}

const AHEAD_MS = 30 * DAY_MS;

/** @returns what has ended, or ends within that time; empty where there is no entry */
export function ownEndings(
  { directory }: Pick<DirectoryView, 'directory'>,
  authority: AuthorityId,
  now: Instant,
  withinMs = AHEAD_MS,
): readonly Ending[] {
  const entry = directory.authorities.get(authority)?.entry;
  if (!entry) return [];
  const dated = [
    { of: 'ENTRY' as const, name: authority, until: entry.validUntil },
    ...entry.desks.map(({ desk, until }) => ({ of: 'DESK' as const, name: desk, until })),
    ...entry.officers.map(({ officer, until }) => ({ of: 'OFFICER' as const, name: officer, until })),
  ];
  return dated
    .filter(({ until }) => until <= plusMs(now, withinMs))
    .map((ending) => ({ ...ending, until: formatInstant(ending.until), hasEnded: ending.until <= now }));
}
