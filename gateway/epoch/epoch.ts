/** What an epoch is made of, computed from the log alone: stream heads, map, leaf; then tree nodes and the signed checkpoint. */
import { native } from '#native';
import { signCheckpoint } from '../../crypto/checkpoint.js';
import { createEpochMap, entrySlot, streamSlot, type EpochMap } from '../../crypto/epoch-map.js';
import { formatEpochLeaf, isEpochLeaf, parseEpochLeaf, type EpochLeaf } from '../../crypto/epoch-leaf.js';
import { isSameHash, leafHash, type Hash } from '../../crypto/merkle.js';
import { appendRun, coveringNodes, EMPTY_FRONTIER, rootOfFrontier, type Frontier } from '../../crypto/merkle/append.js';
import { decodeDigest } from '../../crypto/merkle/digests.js';
import { createNoteSigner } from '../../crypto/note-key.js';
import { headOf, nextHead, type StreamEntry } from '../../crypto/streams.js';
import { viewHash } from '../../crypto/views.js';
import type { Authority, Directory } from '../../domain/authority.js';
import { Failure } from '../../domain/failure.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { CommitRow, Publication, PublishedCheckpoint, SlotRow, Store, StoredLeaf, StreamHead } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import type { GatewayKeys } from '../deps.js';
import { bareRow } from '../rows/bare-row.js';

const utf8 = new TextEncoder();
const LEAVES_PAGE = 4_096;
const ENTRIES_PAGE = 1_000;

export interface Epoch {
  readonly leaf: EpochLeaf;
  readonly streams: readonly StreamHead[];
  readonly slots: Publication['slots'];
  readonly entries: Publication['entries'];
  /** of the leaves that no checkpoint covers, up to `upTo`: what was read once is not read again for the tree */
  readonly leafHashes: readonly Hash[];
}

interface Published {
  readonly n: number;
  readonly size: number;
  /** the previous epoch's `upTo`, -1 before the first */
  readonly upTo: number;
}

/** What the newest stored checkpoint covers. Its last leaf is its epoch leaf. */
export async function readPublished(store: Store, latest: PublishedCheckpoint | null): Promise<Published> {
  if (latest === null) return { n: 0, size: 0, upTo: -1 };
  const last = await store.leaf(latest.size - 1);
  const epoch = last === null ? null : parseEpochLeaf(last.data);
  if (!epoch?.ok) throw new Failure('INVARIANT_BROKEN', `checkpoint ${latest.n} does not end with an epoch leaf`);
  return { n: latest.n, size: latest.size, upTo: epoch.value.upTo };
}

async function* leavesBetween(store: Store, from: number, to: number): AsyncGenerator<readonly StoredLeaf[]> {
  for (let at = from; at < to; at += LEAVES_PAGE) yield store.leaves(at, Math.min(to, at + LEAVES_PAGE));
}

/** The epoch after `published` that ends with the leaf `upTo`: stream heads, map and the leaf itself. */
export async function computeEpoch(
  store: Store,
  directory: Directory,
  published: Published,
  upTo: number,
  keys: GatewayKeys,
): Promise<Epoch> {
  const n = published.n + 1;
  const heads = new Map((await store.streams()).map((stream) => [stream.authority, stream.head]));
  const news = new Map<AuthorityId, Hash[]>();
  const entries: { authority: AuthorityId; index: number; viewHash: Hash }[] = [];
  const leafHashes: Hash[] = [];
  for await (const page of leavesBetween(store, published.upTo + 1, upTo + 1))
    for (const leaf of page) {
      if (leaf.index >= published.size) leafHashes.push(leafHash(leaf.data));
      for (const { view, salt, event } of leaf.views) {
        const hash = viewHash(salt, event);
        const known = news.get(view);
        if (known === undefined) news.set(view, [hash]);
        else known.push(hash);
        entries.push({ authority: view, index: leaf.index, viewHash: hash });
      }
    }
  const authorities = [...directory.authorities.values()].sort((a, b) => a.slot - b.slot);
  const streams: StreamHead[] = [];
  for (const { id, slot } of authorities) {
    const before = heads.get(id) ?? headOf(await entriesBetween(store, id, 0, published.upTo));
    streams.push({ authority: id, slot, head: nextHead(before, news.get(id) ?? []), salt: epochSalt(keys.secret, id, n) });
  }
  const rows = authorities.map((authority, i) => slotRow(authority, n, streams[i]!.head));
  const before = new Map((await store.slots(n - 1)).map((row) => [row.authority, row]));
  const slots = rows.filter((row) => !bindsTheSame(row, before.get(row.authority)));
  const map = mapOf(rows, n, keys.secret);
  return { leaf: { n, upTo, slots: map.slots, mapRoot: map.root }, streams, slots, entries, leafHashes };
}

/** What is published of an authority's stream, of leaves `from` to `upTo`, though it may have no slot yet. */
export async function entriesBetween(
  store: Store,
  authority: AuthorityId,
  from: number,
  upTo: number,
): Promise<readonly (StreamEntry & { readonly index: number })[]> {
  const entries: (StreamEntry & { readonly index: number })[] = [];
  for (let at = from; at <= upTo;) {
    const page = await store.streamEntries(authority, at, ENTRIES_PAGE);
    entries.push(...page.filter(({ index }) => index <= upTo));
    at = page.length < ENTRIES_PAGE ? upTo + 1 : page.at(-1)!.index + 1;
  }
  return entries;
}

/** Of an authority's stream in epoch `n`: follows from the gateway's secret, so that openings of older epochs can be made again. */
export const epochSalt = (secret: Uint8Array, id: AuthorityId, n: number): Uint8Array =>
  native.hmacSha256(secret, utf8.encode(`epoch-salt\0${id}\0${n}`));

const slotRow = ({ id, slot, entryDigest }: Authority, n: number, head: Hash): SlotRow => ({
  authority: id,
  n,
  slot,
  head,
  entry: entryDigest === null ? null : decodeDigest(entryDigest),
});

const bindsTheSame = (row: SlotRow, before: SlotRow | undefined): boolean =>
  before !== undefined &&
  isSameHash(row.head, before.head) &&
  (row.entry === null ? before.entry === null : before.entry !== null && isSameHash(row.entry, before.entry));

/** @param rows by slot */
export function mapOf(rows: readonly SlotRow[], n: number, secret: Uint8Array): EpochMap {
  const values = rows.flatMap(({ authority, head, entry }) => [
    streamSlot(epochSalt(secret, authority, n), authority, head),
    entry === null ? null : entrySlot(authority, entry),
  ]);
  // before the first designation there is nobody to bind, and a map has at least one pair
  return createEpochMap(values.length === 0 ? [null, null] : values);
}

/** The epoch leaf as a row: `epoch` moves on once, so that of two publishers one loses. */
export const epochRow = ({ leaf }: Epoch, directory: Directory, now: Instant): CommitRow => ({
  ...bareRow({
    data: formatEpochLeaf(leaf),
    views: [],
    statement: null,
    stage: 'accepted',
    outcome: 'DONE',
    at: now,
    version: 0,
    mailbox: null,
  }),
  expects: [
    { key: 'epoch', version: leaf.n - 1 },
    { key: 'directory', version: directory.version },
  ],
  bumps: ['epoch'],
});

/** The epoch leaf that was committed after `published` and has no checkpoint yet. */
export async function findEpochLeaf(store: Store, published: Published): Promise<StoredLeaf | null> {
  // each moves it on by one (`epochRow`)
  if ((await store.version('epoch')) === published.n) return null;
  for await (const page of leavesBetween(store, published.size, await store.leafCount())) {
    const found = page.find((leaf) => isEpochLeaf(leaf.data));
    if (found !== undefined) return found;
  }
  return null;
}

/** Tree, streams and checkpoint for a committed epoch leaf. */
export async function publicationFor(
  store: Store,
  published: Published,
  epoch: Epoch,
  at: StoredLeaf,
  origin: string,
  keys: GatewayKeys,
  now: Instant,
): Promise<Publication> {
  const hashes = [...epoch.leafHashes];
  for await (const page of leavesBetween(store, published.size + hashes.length, at.index + 1))
    hashes.push(...page.map((leaf) => leafHash(leaf.data)));
  const { frontier, nodes } = appendRun(await readFrontier(store, published.size), hashes);
  if (frontier.size !== at.index + 1) throw new Failure('INVARIANT_BROKEN', `the log has a gap below ${at.index}`);
  const signer = createNoteSigner(origin, 'ED25519', keys.seed);
  const note = signCheckpoint({ size: frontier.size, root: rootOfFrontier(frontier) }, signer);
  const { streams, slots, entries } = epoch;
  return { nodes, streams, slots, entries, checkpoint: { n: epoch.leaf.n, size: frontier.size, note, at: now } };
}

async function readFrontier(store: Store, size: number): Promise<Frontier> {
  if (size === 0) return EMPTY_FRONTIER;
  const hashes = await store.nodes(coveringNodes(0, size));
  if (hashes.some((hash) => hash === null)) throw new Failure('INVARIANT_BROKEN', `the tree of ${size} leaves is not whole`);
  return { size, hashes: hashes.filter((hash) => hash !== null) };
}

export const isSameEpoch = (a: EpochLeaf, b: EpochLeaf): boolean =>
  a.n === b.n && a.upTo === b.upTo && a.slots === b.slots && isSameHash(a.mapRoot, b.mapRoot);
