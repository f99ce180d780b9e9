/** May this row stand beside what is stored? The same questions in the same order as the SQL function `commit_batch`. */
import { exchangeKey } from '../../domain/guard-keys.js';
import { type CommitRow, type Conflict, type LinkKind, UNIQUE_LINKS } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';

/** A decision may be written this long after a newer one; older ones are decided again. */
export const LEAF_SKEW_MS_MAX = 5_000;

/** What is stored, as the row finds it: earlier rows of its batch included. */
export interface Stored {
  /** decision time of the newest leaf, 0 where there is none */
  readonly newest: number;
  /** index of the statement's accepted leaf */
  accepted(digest: string): number | undefined;
  hasId(author: string, id: string): boolean;
  /** of a guard key or of `exchange:<id>`, 0 where absent */
  version(key: string): number;
  hasLink(kind: LinkKind, key: string): boolean;
  /** the fence of an outbox row that is not settled */
  openFence(key: string): number | undefined;
}

export type Verdict =
  | { readonly kind: 'fits' }
  | { readonly kind: 'duplicate'; readonly index: number }
  | { readonly kind: 'replay' }
  | { readonly kind: 'conflict'; readonly on: Conflict };

export type Placed = Exclude<Verdict, { readonly kind: 'fits' }> | { readonly kind: 'committed'; readonly index: number };
/** @returns one verdict a row, in order, and where the range begins */
export type PlaceBatch = (
  rows: readonly CommitRow[],
  now: Instant,
) => Promise<{ readonly start: number; readonly placed: readonly Placed[] }>;

export function judgeRow(row: CommitRow, stored: Stored, now: Instant): Verdict {
  const { statement } = row;
  if (statement !== null) {
    const index = stored.accepted(statement.digest);
    if (index !== undefined) return { kind: 'duplicate', index };
    if (stored.hasId(statement.author, statement.id)) return { kind: 'replay' };
  }
  const on = conflictOf(row, stored, now);
  return on === undefined ? { kind: 'fits' } : { kind: 'conflict', on };
}

function conflictOf(row: CommitRow, stored: Stored, now: Instant): Conflict | undefined {
  if (row.leaf.at < stored.newest - LEAF_SKEW_MS_MAX || (row.validUntil !== null && row.validUntil <= now)) return { of: 'time' };
  const moved = row.expects.find(({ key, version }) => stored.version(key) !== version);
  if (moved !== undefined) return { of: 'version', key: moved.key };
  const own = row.exchange === null ? null : exchangeKey(row.exchange.id);
  if (own !== null && row.exchange?.version !== stored.version(own) + 1) return { of: 'version', key: own };
  const link = row.links.find(({ kind, key }) => UNIQUE_LINKS.has(kind) && stored.hasLink(kind, key));
  if (link !== undefined) return { of: 'link', link };
  if (row.settles !== null && stored.openFence(row.settles.key) !== row.settles.fence) return { of: 'fence', key: row.settles.key };
  return undefined;
}

/** Links once each: a statement may name an item twice, the index names it once. */
export function distinctLinks(row: CommitRow): CommitRow['links'] {
  const seen = new Map(row.links.map((link) => [`${link.kind} ${link.key}`, link]));
  return seen.size === row.links.length ? row.links : [...seen.values()];
}
