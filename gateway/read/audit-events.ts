/** One authority's audit events: those of its published stream, and behind them those that no checkpoint covers yet. */
import { isEpochLeaf, parseEpochLeaf } from '../../crypto/epoch-leaf.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import type { Action } from '../../domain/audit-event.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Store, StoredLeaf } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import type { CountsPage } from '../../domain/wire/audit.js';
import type { AuditPage } from '../../domain/wire/http-answers.js';
import { cursorOf } from './cursor.js';
import { ownViewOf } from './views.js';

/** Leaves looked at for one page: with a filter a page may be short and still have a `next`. */
export const SCAN_MAX = 2_000;
const COUNTED_MAX = 10_000;
const CHUNK = 200;

/** What a reading was opened for: its leaf says so, and no event outside it leaves. */
interface Span {
  /** events at or after; null: from the first */
  readonly from: Instant | null;
  /** events before; null: to the newest */
  readonly to: Instant | null;
}

export interface AuditReader {
  /** Events of `of` from index `from` on, in order; those of one action where `action` is given. */
  page(reading: Span & { readonly of: AuthorityId }, from: number, limit: number, action?: Action): Promise<AuditPage>;
  /** Leaves of anybody from index `from` on, at most 10,000 of them, by stage and outcome. */
  counts(reading: Span, from: number): Promise<CountsPage>;
}

export function createAuditReader(store: Store): AuditReader {
  return {
    async page(reading, from, limit, action) {
      const events: AuditPage['events'] = [];
      const erased: NonNullable<AuditPage['erased']> = [];
      const page = (next?: number): AuditPage => ({
        events,
        ...(erased.length === 0 ? {} : { erased }),
        ...(next === undefined ? {} : { next: cursorOf(next) }),
      });
      let seen = 0;
      for await (const leaf of leavesOf(store, reading.of, from)) {
        if (events.length === limit || seen === SCAN_MAX) return page(leaf.index);
        seen += 1;
        const view = within(leaf, reading) ? ownViewOf(leaf, reading.of) : null;
        if (view !== null && (action === undefined || actionOf(view.event) === action))
          events.push({ cursor: cursorOf(leaf.index + 1), index: leaf.index, view });
        const gone = leaf.erased.find((one) => one.view === reading.of);
        if (gone !== undefined && within(leaf, reading)) erased.push({ index: leaf.index, viewHash: encodeBase64url(gone.hash) });
      }
      return page();
    },
    async counts(reading, from) {
      const counted = new Map<string, CountsPage['counts'][number]>();
      const size = await store.leafCount();
      const end = Math.min(size, from + COUNTED_MAX);
      for (let at = from; at < end; at += CHUNK)
        for (const leaf of await store.leaves(at, Math.min(end, at + CHUNK))) {
          if (!within(leaf, reading)) continue;
          const { stage, outcome } = leaf;
          const leaves = (counted.get(`${stage} ${outcome}`)?.leaves ?? 0) + 1;
          counted.set(`${stage} ${outcome}`, { stage, outcome, leaves });
        }
      return { counts: [...counted.values()], ...(end < size ? { next: cursorOf(end) } : {}) };
    },
  };
}

const within = ({ at }: StoredLeaf, { from, to }: Span): boolean => (from === null || at >= from) && (to === null || at < to);

/** Candidates: every leaf of the stream, then every leaf behind it. Each is given at most once. */
export async function* leavesOf(store: Store, who: AuthorityId, from: number): AsyncGenerator<StoredLeaf> {
  const published = await publishedUpTo(store);
  let at = from;
  while (at <= published) {
    // a checkpoint may come meanwhile: what it covers is among those behind
    const entries = (await store.streamEntries(who, at, CHUNK)).filter(({ index }) => index <= published);
    const leaves = await Promise.all(entries.map(({ index }) => store.leaf(index)));
    for (const leaf of leaves) if (leaf !== null) yield leaf;
    at = entries.length < CHUNK ? published + 1 : entries.at(-1)!.index + 1;
  }
  for (let size = await store.leafCount(); at < size; at += CHUNK) yield* await store.leaves(at, Math.min(size, at + CHUNK));
}

/** Index of the last leaf that the published streams cover; -1 before the first checkpoint. */
export async function publishedUpTo(store: Store): Promise<number> {
  const checkpoint = await store.latestCheckpoint();
  // the epoch leaf is the last one under its checkpoint
  const last = checkpoint && (await store.leaf(checkpoint.size - 1));
  const epoch = last && isEpochLeaf(last.data) ? parseEpochLeaf(last.data) : null;
  return epoch?.ok ? epoch.value.upTo : -1;
}

const actionOf = (event: string): unknown => (JSON.parse(event) as { readonly action?: unknown }).action;
