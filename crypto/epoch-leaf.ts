/** The last leaf of a checkpoint: which leaves the epoch covers, and the root of its map. Unsalted, since anyone may read it. */
import { parseJsonStrict } from '../domain/wire/strict-json.js';
import { parseDigest } from '../domain/ids.js';
import { no, ok, type Result } from '../domain/result.js';
import { decodeDigest, encodeDigest } from './merkle/digests.js';
import { isSameHash, leafHash, verifyInclusion, type Hash, type TreeHead } from './merkle.js';

export interface EpochLeaf {
  readonly n: number;
  /** index of the last leaf that the streams of this epoch cover */
  readonly upTo: number;
  /** two for each authority that may ever be enrolled */
  readonly slots: number;
  readonly mapRoot: Hash;
}

const EVENT_BYTES = 32;
/** four safe integers, a digest and the names */
const EPOCH_LEAF_BYTES_MAX = 160;

/** 32 bytes mark an event; an epoch leaf is JSON and always longer. */
export const isEpochLeaf = (data: Uint8Array): boolean => data.length !== EVENT_BYTES;

/** The exact bytes that are hashed: one spelling, members in this order. */
export const formatEpochLeaf = (leaf: EpochLeaf): Uint8Array =>
  new TextEncoder().encode(`{"v":1,"n":${leaf.n},"upTo":${leaf.upTo},"slots":${leaf.slots},"mapRoot":"${encodeDigest(leaf.mapRoot)}"}`);

/** Reads only what `formatEpochLeaf` writes, byte for byte. */
export function parseEpochLeaf(data: Uint8Array): Result<EpochLeaf, string> {
  if (data.length > EPOCH_LEAF_BYTES_MAX) return no('an epoch leaf is shorter');
  const json = parseJsonStrict(data);
  if (!json.ok) return json;
  const { n, upTo, slots, mapRoot } = Object(json.value) as Record<string, unknown>;
  const root = typeof mapRoot === 'string' ? parseDigest(mapRoot) : no('not a digest');
  if (!root.ok || !isCount(n) || !isCount(upTo) || !isCount(slots)) return no('not an epoch leaf');
  if (slots === 0 || slots % 2 === 1) return no('slots come in pairs');
  const leaf = { n, upTo, slots, mapRoot: decodeDigest(root.value) };
  // version, unknown members, order and white space at once
  return isSameHash(formatEpochLeaf(leaf), data) ? ok(leaf) : no('not the one spelling of an epoch leaf');
}

/**
 * The epoch of a checkpoint is its last leaf; one found anywhere else is an older epoch that is passed off as the newest.
 *
 * @param path from the leaf's sibling up
 * @param head of a checkpoint that was verified before
 */
export function verifyEpochLeaf(data: Uint8Array, path: readonly Hash[], head: TreeHead): Result<EpochLeaf, string> {
  const leaf = parseEpochLeaf(data);
  if (!leaf.ok) return leaf;
  const last = head.size - 1;
  if (leaf.value.upTo >= last) return no('an epoch covers leaves before its own only');
  return verifyInclusion(leafHash(data), last, head.size, path, head.root) ? leaf : no('not the last leaf of the checkpoint');
}

/**
 * An epoch leaf anywhere in a checkpoint's tree. That no other leaf says the same number is for whoever reads the whole log
 * (client/sdk/log-leaves.ts): an owner does, a reader trusts that it does.
 */
export function verifyOlderEpochLeaf(data: Uint8Array, index: number, path: readonly Hash[], head: TreeHead): Result<EpochLeaf, string> {
  const leaf = parseEpochLeaf(data);
  if (!leaf.ok) return leaf;
  if (leaf.value.upTo >= index) return no('an epoch covers leaves before its own only');
  return verifyInclusion(leafHash(data), index, head.size, path, head.root) ? leaf : no('not a leaf of the checkpoint');
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
