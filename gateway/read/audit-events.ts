/** An authority's own audit events: those of its published stream, and behind them those that no checkpoint covers yet. */
import { isEpochLeaf, parseEpochLeaf } from '../../crypto/epoch-leaf.js';
import type { Action } from '../../domain/audit-event.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Store, StoredLeaf } from '../../domain/ports.js';
import type { AuditPage } from '../../domain/wire/http-answers.js';
import { cursorOf } from './cursor.js';
import { ownViewOf } from './views.js';

/** Leaves looked at for one page: with a filter a page may be short and still have a `next`. */
const SCAN_MAX = 2_000;
const CHUNK = 200;

export interface AuditReader {
  /** Events from index `from` on, in order; those of one action where `action` is given. */
  page(who: AuthorityId, from: number, limit: number, action?: Action): Promise<AuditPage>;
}

export function createAuditReader(store: Store): AuditReader {
  return {
    async page(who, from, limit, action) {
      const events: AuditPage['events'] = [];
      let seen = 0;
      for await (const leaf of leavesOf(store, who, from)) {
        if (events.length === limit || seen === SCAN_MAX) return { events, next: cursorOf(leaf.index) };
        seen += 1;
        const view = ownViewOf(leaf, who);
        if (view !== null && (action === undefined || actionOf(view.event) === action))
          events.push({ cursor: cursorOf(leaf.index + 1), index: leaf.index, view });
      }
      return { events };
    },
  };
}

/** Candidates: every leaf of the stream, then every leaf behind it. Each is given at most once. */
async function* leavesOf(store: Store, who: AuthorityId, from: number): AsyncGenerator<StoredLeaf> {
  const published = await publishedUpTo(store);
  let at = from;
  while (at <= published) {
    const entries = await store.streamEntries(who, at, CHUNK);
    for (const { index } of entries) {
      const leaf = await store.leaf(index);
      if (leaf !== null) yield leaf;
    }
    at = entries.length < CHUNK ? published + 1 : entries.at(-1)!.index + 1;
  }
  for (let size = await store.leafCount(); at < size; at += CHUNK) yield* await store.leaves(at, Math.min(size, at + CHUNK));
}

/** Index of the last leaf that the published streams cover; -1 before the first checkpoint. */
async function publishedUpTo(store: Store): Promise<number> {
  const checkpoint = await store.latestCheckpoint();
  // the epoch leaf is the last one under its checkpoint
  const last = checkpoint && (await store.leaf(checkpoint.size - 1));
  const epoch = last && isEpochLeaf(last.data) ? parseEpochLeaf(last.data) : null;
  return epoch?.ok ? epoch.value.upTo : -1;
}

const actionOf = (event: string): unknown => (JSON.parse(event) as { readonly action?: unknown }).action;
