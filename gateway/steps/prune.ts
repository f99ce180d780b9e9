/**
 * Takes the events and salts of old leaves out of the log. Their view hashes stay, so that every proof still comes out; a leaf that says which
 * were taken stands in the stream of everybody who had a view of them. Receipts need neither event nor salt (decisions/0003).
 */
import type { Action, AuditEvent } from '../../domain/audit-event.js';
import { parseDigest, type Digest } from '../../domain/ids.js';
import { Failure } from '../../domain/failure.js';
import type { LinkKind, NewOutbox, OutboxRow, Store, StoredLeaf } from '../../domain/ports.js';
import { blockBasis, leavesIn, placesBasis } from '../../domain/pruned.js';
import { AGAIN_MS, yearsAfter } from '../../domain/retention.js';
import { DAY_MS, HOUR_MS, plusMs, type Instant } from '../../domain/time.js';
import { holdsOn, isErased } from '../cases/erase.js';
import { publishedUpTo } from '../read/audit-events.js';
import { retentionRow } from '../rows/retention-row.js';
import { createServed } from '../read/served.js';
import { storedJson } from '../read/stored-json.js';
import type { Library, Volume } from '../read/library.js';
import type { Workshop } from '../workshop.js';

/** leaves that go together; so many blocks are behind us as the key `pruned` says */
const BLOCK = 256;
const BLOCKS_MAX = 16;
/** of the places named in one event: they stand in the key of the row that takes them, and the store takes keys of 160 */
const PLACES_CHARS_MAX = 120;
/** from word to deed: a look that began under an older checkpoint has ended */
const TOLD_MS = DAY_MS;
const UNSERVED_MS = HOUR_MS;
const ENTRIES_PAGE = 200;
/** statements of one kind looked at together */
const PAGE = 64;
const TOLD = /^prune (LEAVES [\d TO]+) SINCE (\d+)$/;
/** from which leaf on, where it goes on with what was begun; the number of what was told before makes each key another */
const ABOUT = /^prune (\S+)(?: FROM (\d+) AFTER \d+)?$/;
const PRUNED = 'pruned';
/** what tells that and why the rest is gone, by the gateway itself */
const KEPT: ReadonlySet<Action> = new Set(['PRUNE', 'RESTORED', 'ERASE']);
const ABOUT_AN_ITEM: readonly LinkKind[] = ['release', 'access', 'use', 'label', 'consent', 'answer', 'notice', 'verification'];

/** Blocks whose last leaf is old enough and published, a bounded number. @returns how many leaves are told to lose their events */
export async function pruneOld(shop: Workshop): Promise<number> {
  let count = 0;
  for (let n = 0; n < BLOCKS_MAX; n += 1) {
    const told = await tellBlock(shop);
    if (told === null) break;
    count += told;
  }
  return count;
}

const blockAt = (n: number, { store }: Workshop): Promise<readonly StoredLeaf[]> => store.leaves(n * BLOCK, (n + 1) * BLOCK);

/** @returns null where none is due */
async function tellBlock(shop: Workshop): Promise<number | null> {
  const { store, clock, config } = shop;
  const n = await store.version(PRUNED);
  const block = await blockAt(n, shop);
  const last = block.at(-1);
  if (last === undefined || block.length < BLOCK || last.index > (await publishedUpTo(store))) return null;
  if (yearsAfter(last.at, config.retention.auditYearsMax) > clock.now()) return null;
  const going = await goingOf(block, shop);
  // all of the block: what is held back now may be let go before it is taken
  const isTold = await tell(block, blockBasis(n * BLOCK, last.index), { key: PRUNED, version: n }, shop);
  return isTold ? going.length : null;
}

/** Events that a leaf said will go, or those about an item whose content went long ago. @returns whether the row is settled now */
export const pruneDue = (shop: Workshop, row: OutboxRow): Promise<boolean> => {
  const [, basis, since] = TOLD.exec(row.key) ?? [];
  return basis === undefined ? tellAbout(shop, row) : takeTold(shop, row, basis, Number(since));
};

/**
 * The next few of the leaves that were logged about it. The rest is due at once, as work of its own, set with the leaf that tells of these: so that
 * other work goes on between. All of it comes again after a while, until nothing is left.
 */
async function tellAbout(shop: Workshop, row: OutboxRow): Promise<boolean> {
  const { store, clock } = shop;
  const [, named = '', from = 0] = ABOUT.exec(row.key) ?? [];
  const item = parseDigest(named);
  if (!item.ok) throw new Failure('INVARIANT_BROKEN', `outbox row ${row.key} prunes nothing`);
  const key = `pruned:${item.value}`;
  const version = await store.version(key);
  const { going, isAllOver } = await nextAbout(item.value, Number(from), shop);
  const last = going.at(-1);
  const now = clock.now();
  if (last === undefined) {
    // who tells first sets the next look at all of it
    const isLookDone = isAllOver || Number(from) > 0;
    return store.retry(row.key, row.fence, plusMs(now, AGAIN_MS), isLookDone);
  }
  const look = (at: number, due: Instant): NewOutbox => {
    const { kind, statement, exchange, addressee } = row;
    return { key: `prune ${item.value} FROM ${at} AFTER ${version}`, kind, statement, exchange, addressee, due };
  };
  const next = [look(last.index + 1, now), ...(Number(from) === 0 ? [look(0, plusMs(now, AGAIN_MS))] : [])];
  const isTold = await tell(going, placesBasis(going.map(({ index }) => index)), { key, version }, shop, { settles: row, next });
  // else another process was first
  return isTold || store.retry(row.key, row.fence, now, false);
}

/** @returns the first from this place on that may go, as many as one event names; where there are none, whether nothing is held back and all is published */
async function nextAbout(item: Digest, from: number, shop: Workshop): Promise<{ going: readonly StoredLeaf[]; isAllOver: boolean }> {
  const upTo = await publishedUpTo(shop.store);
  let isAllOver = true;
  for (let at = from; at < Infinity;) {
    const { said, rest } = await saidAbout(item, at, shop);
    const leaves = await Promise.all(said.filter((index) => index <= upTo).map((index) => shop.store.leaf(index)));
    const there = leaves.filter((leaf) => leaf !== null);
    const isOverOf = await Promise.all(there.map((leaf) => isSoundAnd(leaf, shop, async () => speaks(leaf) && isOver(leaf, item, shop))));
    const over = there.filter((_, n) => isOverOf[n]);
    const going = firstNamed(await goingOf(over, shop));
    if (going.length > 0) return { going, isAllOver: false };
    isAllOver &&= over.length === 0 && leaves.length === said.length;
    at = rest;
  }
  return { going: [], isAllOver };
}

/** Is it about this item, and about none that is still there? What is about several goes with the last of them. */
async function isOver(leaf: StoredLeaf, item: Digest, { library, store }: Workshop): Promise<boolean> {
  const items = await itemsOf(leaf, library);
  return items.has(item) && (await Promise.all([...items].map((one) => isErased(one, store)))).every(Boolean);
}

/**
 * What was said of it, and what was said of that: a consent's end, the words on a notice.
 * @returns places in the log from `from` on, in order, and from where on there is more; Infinity: that is all
 */
async function saidAbout(item: Digest, from: number, { store, library }: Workshop): Promise<{ said: readonly number[]; rest: number }> {
  const pages = await Promise.all(ABOUT_AN_ITEM.map((kind) => store.titles(kind, item, PAGE, from - 1)));
  const rest = Math.min(...pages.map((page) => (page.length < PAGE ? Infinity : page.at(-1)!.index + 1)));
  const follows = async (kind: LinkKind, word: LinkKind): Promise<readonly Volume[]> => {
    const digests = (await store.links(kind, [item])).map(({ statement }) => statement);
    return [...(await library.linkedTo(word, digests)).values()].flat();
  };
  const after = [...(await follows('consent', 'ended')), ...(await follows('notice', 'word'))];
  const places = [...pages.flat(), ...after.map(({ stored }) => stored)].map(({ index }) => index);
  return { said: [...new Set(places)].filter((index) => index >= from && index < rest).toSorted((a, b) => a - b), rest };
}

/** As many as one event names. */
function firstNamed(leaves: readonly StoredLeaf[]): readonly StoredLeaf[] {
  let chars = 0;
  const end = leaves.findIndex(({ index }) => (chars += String(index).length + 1) > PLACES_CHARS_MAX);
  return end < 0 ? leaves : leaves.slice(0, end);
}

/**
 * The leaf comes before the deed, and sets it: what is missing is always told of.
 * @param leaves whoever had a view of one of them is told
 * @returns false where another process was first
 */
async function tell(
  leaves: readonly StoredLeaf[],
  basis: string,
  guard: { readonly key: string; readonly version: number },
  { store, clock, chance, committer, config }: Workshop,
  work: { readonly settles: OutboxRow | null; readonly next: readonly NewOutbox[] } = { settles: null, next: [] },
): Promise<boolean> {
  const sees = [...new Set([...leaves.flatMap(({ views }) => views.map(({ view }) => view)), config.operator.authority])];
  const now = clock.now();
  const key = `prune ${basis} SINCE ${await store.leafCount()}`;
  const taking: NewOutbox = { key, kind: 'prune', statement: null, exchange: null, addressee: null, due: plusMs(now, TOLD_MS) };
  const about = { tells: null, statement: null, codes: [], settles: work.settles, next: [taking, ...work.next] };
  const news = { action: 'PRUNE' as const, sees, ...about, basis, expects: [guard], bumps: [guard.key], log: config.origin };
  return (await committer.commit(retentionRow(news, now, chance))).kind === 'committed';
}

/** Not before a checkpoint that clients trust covers what was told: until then an event that is gone would be a hidden one. */
async function takeTold(shop: Workshop, { key, fence }: OutboxRow, basis: string, since: number): Promise<boolean> {
  const { store, clock } = shop;
  if (!(await isServed(basis, since, shop))) return store.retry(key, fence, plusMs(clock.now(), UNSERVED_MS), false);
  const going = await goingOf(await leavesNamed(basis, store), shop);
  await store.pruneViews(going.map(({ index }) => index));
  return store.retry(key, fence, clock.now(), true);
}

/** The operator sees every such leaf, so that its stream says where this one lies and which epoch bound it. */
async function isServed(basis: string, since: number, shop: Workshop): Promise<boolean> {
  const { store, witnessing, config } = shop;
  const says = (leaf: StoredLeaf): boolean => eventsOf(leaf).some((event) => event.action === 'PRUNE' && event.basis === basis);
  const served = await createServed(store, witnessing?.policy ?? null).newest();
  for (let from = since; served !== null;) {
    const entries = await store.streamEntries(config.operator.authority, from, ENTRIES_PAGE);
    for (const { index, n } of entries) {
      if (n > served.n) return false;
      const leaf = await store.leaf(index);
      if (leaf !== null && (await isSoundAnd(leaf, shop, () => says(leaf)))) return true;
    }
    if (entries.length < ENTRIES_PAGE) return false;
    from = entries.at(-1)!.index + 1;
  }
  return false;
}

async function leavesNamed(basis: string, store: Store): Promise<readonly StoredLeaf[]> {
  const { block, places } = leavesIn(basis);
  if (block !== null) return store.leaves(block[0], block[1] + 1);
  const leaves = await Promise.all(places.map((place) => store.leaf(place)));
  return leaves.filter((leaf) => leaf !== null);
}

/** Those that still speak, and are about nothing that is held back. */
async function goingOf(leaves: readonly StoredLeaf[], shop: Workshop): Promise<readonly StoredLeaf[]> {
  const { library, clock } = shop;
  const held = new Map<Digest, boolean>();
  const isHeld = async (item: Digest): Promise<boolean> => {
    const found = held.has(item) ? null : await library.item(item);
    if (!held.has(item)) held.set(item, found !== null && (await holdsOn(found, library, clock.now())).length > 0);
    return held.get(item)!;
  };
  const mayGo = async (leaf: StoredLeaf): Promise<boolean> => {
    if (!speaks(leaf)) return false;
    const items = [...(await itemsOf(leaf, library))];
    return (await Promise.all(items.map(isHeld))).every((one) => !one);
  };
  const going: StoredLeaf[] = [];
  for (const leaf of leaves) if (await isSoundAnd(leaf, shop, () => mayGo(leaf))) going.push(leaf);
  return going;
}

/** A leaf that cannot be read stays, and the operator is told which: those behind it go all the same. What it holds is told to nobody. */
async function isSoundAnd({ index }: StoredLeaf, { onFailure }: Workshop, test: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await test();
  } catch (error) {
    // whatever else went wrong, as with the store, is no leaf's fault
    if (!(error instanceof Failure) || error.code !== 'INVARIANT_BROKEN') throw error;
    onFailure(new Failure('INVARIANT_BROKEN', `leaf ${index} cannot be read, and is not pruned`));
    return false;
  }
}

/** All that its events name, and all that its statement does: an event that would be too long leaves them out. */
async function itemsOf(leaf: StoredLeaf, library: Library): Promise<ReadonlySet<Digest>> {
  const items = new Set(eventsOf(leaf).flatMap(({ object: { item, items: more = [] } }) => (item === undefined ? more : [item, ...more])));
  const said = leaf.statement === null ? undefined : (await library.volume(leaf.statement))?.statement;
  // the end of a consent is about all that it was given for
  const payload =
    said?.typ === 'parley-consent-revocation+json' ? (await library.volume(said.payload.consent))?.statement.payload : said?.payload;
  if (payload !== undefined && 'item' in payload && payload.item !== undefined) items.add(payload.item);
  if (payload !== undefined && 'items' in payload) for (const item of payload.items ?? []) items.add(item);
  return items;
}

/** It has events still, and they are not the gateway's own account of what it took away. */
const speaks = (leaf: StoredLeaf): boolean => leaf.views.length > 0 && !eventsOf(leaf).some(({ action }) => KEPT.has(action));

const eventsOf = ({ index, views }: StoredLeaf): readonly Pick<AuditEvent, 'action' | 'object' | 'basis'>[] =>
  views.map(({ event }) => storedJson(event, `leaf ${index}`) as Pick<AuditEvent, 'action' | 'object' | 'basis'>);
