/**
 * Takes the events and salts of old leaves out of the log. Their view hashes stay, so that every proof still comes out; a leaf that says which
 * were taken stands in the stream of everybody who had a view of them. Receipts need neither event nor salt (decisions/0003).
 */
import type { Action, AuditEvent } from '../../domain/audit-event.js';
import { parseDigest, type Digest } from '../../domain/ids.js';
import { Failure } from '../../domain/failure.js';
import type { LinkKind, OutboxRow, StoredLeaf } from '../../domain/ports.js';
import { AGAIN_MS, yearsAfter } from '../../domain/retention.js';
import { plusMs } from '../../domain/time.js';
import { holdsOn } from '../cases/erase.js';
import { publishedUpTo } from '../read/audit-events.js';
import { retentionRow } from '../rows/retention-row.js';
import type { Library } from '../read/library.js';
import type { Workshop } from '../workshop.js';

/** leaves that go together; so many blocks are behind us as the key `pruned` says */
const BLOCK = 256;
const BLOCKS_MAX = 16;
/** named in one event of 4 KiB */
const LEAVES_MAX = 200;
const PRUNED = 'pruned';
/** what tells that and why the rest is gone, by the gateway itself */
const KEPT: ReadonlySet<Action> = new Set(['PRUNE', 'RESTORED', 'ERASE']);
const ABOUT_AN_ITEM: readonly LinkKind[] = ['release', 'access', 'use', 'label', 'consent', 'answer', 'notice', 'verification'];
const utf8 = new TextDecoder();

/** Blocks whose last leaf is old enough and published, a bounded number. @returns how many leaves lost their events */
export async function pruneOld(shop: Workshop): Promise<number> {
  let count = 0;
  // a process that died between the leaf and the pruning is made up for
  const done = await shop.store.version(PRUNED);
  if (done > 0) await prune(await goingOf(await blockAt(done - 1, shop), shop), shop);
  for (let n = 0; n < BLOCKS_MAX; n += 1) {
    const pruned = await pruneBlock(shop);
    if (pruned === null) break;
    count += pruned;
  }
  return count;
}

const blockAt = (n: number, { store }: Workshop): Promise<readonly StoredLeaf[]> => store.leaves(n * BLOCK, (n + 1) * BLOCK);

/** @returns null where none is due */
async function pruneBlock(shop: Workshop): Promise<number | null> {
  const { store, clock, config } = shop;
  const n = await store.version(PRUNED);
  const block = await blockAt(n, shop);
  const last = block.at(-1);
  if (last === undefined || block.length < BLOCK || last.index > (await publishedUpTo(store))) return null;
  if (yearsAfter(last.at, config.retention.auditYearsMax) > clock.now()) return null;
  const going = await goingOf(block, shop);
  const isWritten = await tell(going, `LEAVES ${n * BLOCK} TO ${last.index}`, { key: PRUNED, version: n }, shop);
  if (isWritten) await prune(going, shop);
  return isWritten ? going.length : null;
}

/** What was logged about an item whose content went long ago. @returns whether the row is settled now */
export async function pruneAbout(shop: Workshop, row: OutboxRow): Promise<boolean> {
  const { store, library, clock } = shop;
  const item = parseDigest(row.key.split(' ')[1] ?? '');
  if (!item.ok) throw new Failure('INVARIANT_BROKEN', `outbox row ${row.key} prunes nothing`);
  const key = `pruned:${item.value}`;
  const version = await store.version(key);
  const upTo = await publishedUpTo(store);
  const leaves = new Map<number, StoredLeaf>();
  let isAllPublished = true;
  for (const kind of ABOUT_AN_ITEM)
    for (const { stored } of await library.linked(kind, item.value)) {
      const leaf = stored.index <= upTo ? await store.leaf(stored.index) : null;
      isAllPublished &&= leaf !== null;
      if (leaf !== null && speaks(leaf) && eventsOf(leaf).some(({ object }) => object.item === item.value)) leaves.set(leaf.index, leaf);
    }
  const all = await goingOf([...leaves.values()], shop);
  const going = all.toSorted((a, b) => a.index - b.index).slice(0, LEAVES_MAX);
  const isTold = going.length > 0 && (await tell(going, `LEAVES ${going.map(({ index }) => index).join(' ')}`, { key, version }, shop));
  if (isTold) await prune(going, shop);
  // what is held back or not published yet is looked at again; the rest of what goes, with the next round
  const isOver = isAllPublished && all.length === leaves.size;
  const isRest = all.length > going.length || isTold !== going.length > 0;
  return store.retry(row.key, row.fence, isRest ? clock.now() : plusMs(clock.now(), AGAIN_MS), isOver && !isRest);
}

/** The leaf comes before the deed: what is missing is always told of. @returns false where another process was first */
async function tell(
  going: readonly StoredLeaf[],
  basis: string,
  guard: { readonly key: string; readonly version: number },
  { clock, chance, committer, config }: Workshop,
): Promise<boolean> {
  const sees = [...new Set([...going.flatMap(({ views }) => views.map(({ view }) => view)), config.operator.authority])];
  const about = { tells: null, statement: null, codes: [], settles: null, next: [] };
  const news = { action: 'PRUNE' as const, sees, ...about, basis, expects: [guard], bumps: [guard.key], log: config.origin };
  return (await committer.commit(retentionRow(news, clock.now(), chance))).kind === 'committed';
}

/** Those that still speak, and are about nothing that is held back. */
async function goingOf(leaves: readonly StoredLeaf[], { library, clock }: Workshop): Promise<readonly StoredLeaf[]> {
  const held = new Map<Digest, boolean>();
  const isHeld = async (item: Digest): Promise<boolean> => {
    const found = held.has(item) ? null : await library.item(item);
    if (!held.has(item)) held.set(item, found !== null && (await holdsOn(found, library, clock.now())).length > 0);
    return held.get(item)!;
  };
  const going: StoredLeaf[] = [];
  for (const leaf of leaves) {
    if (!speaks(leaf)) continue;
    const items = [...(await itemsOf(leaf, library))];
    if ((await Promise.all(items.map(isHeld))).every((one) => !one)) going.push(leaf);
  }
  return going;
}

/** All that its events name, and all that its statement does: an event that would be too long leaves them out. */
async function itemsOf(leaf: StoredLeaf, library: Library): Promise<ReadonlySet<Digest>> {
  const items = new Set(eventsOf(leaf).flatMap(({ object: { item, items: more = [] } }) => (item === undefined ? more : [item, ...more])));
  const payload = leaf.statement === null ? undefined : (await library.volume(leaf.statement))?.statement.payload;
  if (payload !== undefined && 'item' in payload && payload.item !== undefined) items.add(payload.item);
  if (payload !== undefined && 'items' in payload) for (const item of payload.items ?? []) items.add(item);
  return items;
}

/** It has events still, and they are not the gateway's own account of what it took away. */
const speaks = (leaf: StoredLeaf): boolean => leaf.views.length > 0 && !eventsOf(leaf).some(({ action }) => KEPT.has(action));

const eventsOf = ({ views }: StoredLeaf): readonly Pick<AuditEvent, 'action' | 'object'>[] =>
  views.map(({ event }) => JSON.parse(utf8.decode(event)) as Pick<AuditEvent, 'action' | 'object'>);

const prune = (going: readonly StoredLeaf[], { store }: Workshop): Promise<void> => store.pruneViews(going.map(({ index }) => index));
