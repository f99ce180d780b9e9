/** Rows of one batch see what earlier rows of it did: the maps grow with each row that fits. */
import { exchangeKey } from '../../domain/guard-keys.js';
import type { CommitRow } from '../../domain/ports.js';
import type { Stored } from './judge-row.js';

/** No claim has this fence. */
export const SETTLED = -1;

/** Everything that rows are judged by, in maps: what is stored of it, or all of it. */
export interface Known {
  size: number;
  newest: number;
  readonly digests: Map<string, number>;
  readonly ids: Set<string>;
  readonly versions: Map<string, number>;
  readonly links: Set<string>;
  /** fence of each outbox row, `SETTLED` where it is no longer open */
  readonly fences: Map<string, number>;
}

/** What is stored plus what this batch has added so far. */
export interface Growing extends Stored {
  /** leaves in the log */
  readonly size: number;
  /** @returns the row's leaf index */
  add(row: CommitRow): number;
}

export function growing(known: Known): Growing {
  return {
    get size() {
      return known.size;
    },
    get newest() {
      return known.newest;
    },
    accepted: (digest) => known.digests.get(digest),
    hasId: (author, id) => known.ids.has(`${author} ${id}`),
    version: (key) => known.versions.get(key) ?? 0,
    hasLink: (kind, key) => known.links.has(`${kind} ${key}`),
    openFence: (key) => known.fences.get(key),
    add(row) {
      const index = known.size++;
      known.newest = Math.max(known.newest, row.leaf.at);
      if (row.statement !== null) {
        known.digests.set(row.statement.digest, index);
        known.ids.add(`${row.statement.author} ${row.statement.id}`);
      }
      for (const key of new Set(row.bumps)) known.versions.set(key, (known.versions.get(key) ?? 0) + 1);
      if (row.exchange !== null) known.versions.set(exchangeKey(row.exchange.id), row.exchange.version);
      for (const { kind, key } of row.links) known.links.add(`${kind} ${key}`);
      if (row.settles !== null) known.fences.set(row.settles.key, SETTLED);
      for (const { key } of row.outbox) if (!known.fences.has(key)) known.fences.set(key, 0);
      return index;
    },
  };
}
