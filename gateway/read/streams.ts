/** Who may see how its own stream is bound, and by which reading: an authority its own, a reader the one link that its access is in. */
import { encodeBase64url } from '../../crypto/base64url.js';
import { leafHash, type Hash } from '../../crypto/merkle.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { createTree } from '../../crypto/merkle/tree.js';
import { joinEntries } from '../../crypto/tiles.js';
import { headOf } from '../../crypto/streams.js';
import { Failure } from '../../domain/failure.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { LeafView, SlotRow, Store } from '../../domain/ports.js';
import { LEAVES_MAX, type AccessProof, type EntryOpenings, type StreamOpenings, type StreamPage } from '../../domain/wire/streams.js';
import { entriesBetween, epochSalt } from '../epoch/epoch.js';
import type { Epochs, EpochRead, MapRead } from './openings.js';

const utf8 = new TextDecoder();

/** Each answers in the tree of `size` leaves, and with null where no checkpoint has that size. */
export interface StreamReader {
  /** The public data of at most 4,096 leaves from index `from` on, as C2SP writes entry bundles; null where no checkpoint has this size. */
  leaves(size: number, from: number): Promise<Uint8Array | null>;
  /** The stream's entries of leaves from index `from` on, as far as the checkpoint binds them. */
  page(who: AuthorityId, size: number, from: number, limit: number): Promise<StreamPage | null>;
  /** Slot 2i of `limit` epochs from `from` on. */
  openings(who: AuthorityId, size: number, from: number | undefined, limit: number): Promise<StreamOpenings | null>;
  /** Slot 2i + 1, of anybody. */
  entries(authority: AuthorityId, size: number, from: number | undefined, limit: number): Promise<EntryOpenings | null>;
  /** Null as well where the leaf is not a reading by `who` that this checkpoint binds: it looks the same. */
  access(who: AuthorityId, index: number, size: number): Promise<AccessProof | null>;
}

interface Shelf {
  readonly store: Store;
  readonly epochs: Epochs;
  /** the gateway's: salts of the maps follow from it */
  readonly secret: Uint8Array;
}

export function createStreamReader(shelf: Shelf): StreamReader {
  const { store, epochs, secret } = shelf;
  return {
    async leaves(size, from) {
      if ((await epochs.ofSize(size)) === null) return null;
      return joinEntries(await store.leafData(from, Math.min(size, from + LEAVES_MAX)));
    },
    async page(who, size, from, limit) {
      const newest = await epochs.ofSize(size);
      if (newest === null) return null;
      const entries = (await store.streamEntries(who, from, limit)).filter(({ index }) => index <= newest.leaf.upTo);
      return {
        n: newest.leaf.n,
        entries: entries.map(({ index, n, viewHash }) => ({ index, n, viewHash: encodeBase64url(viewHash) })),
        ...(entries.length === limit ? { next: entries.at(-1)!.index + 1 } : {}),
      };
    },
    openings: (who, size, from, limit) =>
      opened(epochs, { size, from, limit }, async ({ leaf }, found) => ({
        n: leaf.n,
        opening: found && openStream(found, who, leaf.n, secret),
      })),
    entries: (authority, size, from, limit) =>
      opened(epochs, { size, from, limit }, async (epoch, found) => ({
        leaf: await epochs.proven(epoch, size),
        opening: found && openEntry(found, authority),
      })),
    access: (who, index, size) => proveAccess(shelf, who, index, size),
  };
}

interface Range {
  readonly size: number;
  readonly from: number | undefined;
  readonly limit: number;
}

/** What `open` finds in each of `limit` epochs from `from` on (absent: in the newest), up to the one that the checkpoint ends with. */
async function opened<T>(
  epochs: Epochs,
  { size, from, limit }: Range,
  open: (epoch: EpochRead, found: MapRead | null) => Promise<T>,
): Promise<{ openings: T[] } | null> {
  const newest = await epochs.ofSize(size);
  if (newest === null) return null;
  const openings: T[] = [];
  for (let n = Math.max(1, from ?? newest.leaf.n); n <= newest.leaf.n && openings.length < limit; n += 1) {
    const epoch = await epochs.at(n);
    openings.push(await open(epoch, await epochs.mapAt(epoch)));
  }
  return { openings };
}

async function proveAccess({ store, epochs, secret }: Shelf, who: AuthorityId, index: number, size: number): Promise<AccessProof | null> {
  const newest = await epochs.ofSize(size);
  if (newest === null || index > newest.leaf.upTo || !(await isReadingBy(store, who, index))) return null;
  const [own] = await store.streamEntries(who, index, 1);
  const epoch = own?.index === index ? await epochs.at(own.n) : null;
  const found = epoch && (await epochs.mapAt(epoch));
  if (epoch === null || found === null) return null;
  const { n, upTo } = epoch.leaf;
  const after = n === 1 ? -1 : (await epochs.at(n - 1)).leaf.upTo;
  const heads = new Map((await store.slots(n - 1)).map((row) => [row.authority, row.head]));
  const { views, erased } = (await store.leaf(index))!;
  // before its designation an authority has no slot: nothing binds its view then
  const rows = [...views, ...erased].flatMap(({ view }) => (view === who ? [] : (found.rows.get(view) ?? [])));
  const streams = rows.map(async (row) => {
    const news = await entriesBetween(store, row.authority, after + 1, upTo);
    const before = heads.get(row.authority) ?? headOf(await entriesBetween(store, row.authority, 0, after));
    return linkOf(row, news, index, { before, salt: epochSalt(secret, row.authority, n), found, view: viewIn(views, row.authority) });
  });
  return { leaf: await epochs.proven(epoch, size), streams: await Promise.all(streams) };
}

type News = Awaited<ReturnType<typeof entriesBetween>>;

function openStream(
  { map, rows }: MapRead,
  who: AuthorityId,
  n: number,
  secret: Uint8Array,
): StreamOpenings['openings'][number]['opening'] {
  const row = rows.get(who);
  if (row === undefined) return null;
  const salt = encodeBase64url(epochSalt(secret, who, n));
  return { slot: row.slot, salt, head: encodeBase64url(row.head), path: map.open(2 * row.slot).path.map(encodeDigest) };
}

function openEntry({ map, rows }: MapRead, authority: AuthorityId): EntryOpenings['openings'][number]['opening'] {
  const row = rows.get(authority);
  if (row === undefined) return null;
  const entry = row.entry === null ? null : encodeBase64url(row.entry);
  return { slot: row.slot, entry, path: map.open(2 * row.slot + 1).path.map(encodeDigest) };
}

type Link = AccessProof['streams'][number];

/** What it is told; an originator of what is read is told nothing that its reader is not. */
function viewIn(views: readonly LeafView[], authority: AuthorityId): Link['view'] {
  const found = views.find(({ view }) => view === authority);
  return found && { salt: encodeBase64url(found.salt), event: utf8.decode(found.event) };
}

async function isReadingBy(store: Store, who: AuthorityId, index: number): Promise<boolean> {
  const leaf = await store.leaf(index);
  if (leaf === null || leaf.stage !== 'accessed' || leaf.statement === null) return false;
  return (await store.statement(leaf.statement))?.author === who;
}

function linkOf(
  { authority, slot }: SlotRow,
  news: News,
  index: number,
  { before, salt, found, view }: { readonly before: Hash; readonly salt: Uint8Array; readonly found: MapRead } & Pick<Link, 'view'>,
): Link {
  const position = news.findIndex((entry) => entry.index === index);
  const entry = news[position];
  if (entry === undefined) throw new Failure('INVARIANT_BROKEN', `leaf ${index} has a view that no stream has`);
  return {
    authority,
    slot,
    viewHash: encodeBase64url(entry.viewHash),
    position,
    of: news.length,
    news: createTree(news.map(({ viewHash }) => leafHash(viewHash)))
      .path(position)
      .map(encodeDigest),
    before: encodeBase64url(before),
    salt: encodeBase64url(salt),
    path: found.map.open(2 * slot).path.map(encodeDigest),
    view,
  };
}
