/** What of an authority's own entry time alone ends: past it nobody seals to the desk, or the officer signs in no more, and nobody else would say so before. */
import type { AuthorityId } from '../../domain/ids.js';
import { DAY_MS, formatInstant, plusMs, type Instant } from '../../domain/time.js';
import type { DirectoryView } from './directory.js';

export interface Ending {
  /** `DESK`: its newest keys; `OFFICER`: their term */
  readonly of: 'DESK' | 'OFFICER';
  readonly name: string;
  readonly until: string;
}

const AHEAD_MS = 30 * DAY_MS;

/** @returns what has ended, or ends within thirty days; empty where there is no entry */
export function ownEndings({ directory }: Pick<DirectoryView, 'directory'>, authority: AuthorityId, now: Instant): readonly Ending[] {
  const { desks = [], officers = [] } = directory.authorities.get(authority)?.entry ?? {};
  const dated = [
    ...desks.map(({ desk, until }) => ({ of: 'DESK' as const, name: desk, until })),
    ...officers.map(({ officer, until }) => ({ of: 'OFFICER' as const, name: officer, until })),
  ];
  return dated.filter(({ until }) => until <= plusMs(now, AHEAD_MS)).map((ending) => ({ ...ending, until: formatInstant(ending.until) }));
}
