/** What a sender is told about an addressee before anything is sealed: a warning, which refuses nothing. */
import type { Authority } from '../../domain/authority.js';
import type { AuthorityId } from '../../domain/ids.js';
import { confirmedAt, isStale, staleFrom } from '../../domain/staleness.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import type { DirectoryView } from './directory.js';

export interface Concern {
  readonly code: 'ENTRY_STALE';
  readonly sentence: string;
}

const day = (at: Instant): string => formatInstant(at).slice(0, 10);

/** @returns empty where nothing is known against it, and where the directory has no entry: sealing says that */
export function concernsAbout({ directory }: DirectoryView, to: AuthorityId, _type: AuthorityType, now: Instant): readonly Concern[] {
  const entry = directory.authorities.get(to)?.entry;
  if (!entry) return [];
  const concerns: Concern[] = [];
  if (isStale(entry, now))
    concerns.push({
      code: 'ENTRY_STALE',
      sentence: `${to} last confirmed its entry on ${day(confirmedAt(entry))}: ask whether it still holds. It ends on ${day(entry.validUntil)}.`,
    });
  return concerns;
}

export interface StaleEntry {
  readonly authority: AuthorityId;
  readonly confirmedAt: string;
  readonly staleFrom: string;
  readonly validUntil: string;
  readonly isStale: boolean;
}

/** Whom the operator reminds, the longest silent first. @param withinMs also those that will be stale within this time */
export function staleEntries({ directory }: DirectoryView, now: Instant, withinMs: number): readonly StaleEntry[] {
  const entries = [...directory.authorities.values()].flatMap(({ entry }: Authority) => (entry === null ? [] : [entry]));
  return entries
    .filter((entry) => staleFrom(entry) - withinMs <= now)
    .sort((a, b) => confirmedAt(a) - confirmedAt(b))
    .map((entry) => ({
      authority: entry.authority,
      confirmedAt: formatInstant(confirmedAt(entry)),
      staleFrom: formatInstant(staleFrom(entry)),
      validUntil: formatInstant(entry.validUntil),
      isStale: isStale(entry, now),
    }));
}
