/**
 * RFC 6962 hashing, and the two checks that a stranger makes with it. Growing a tree is `merkle/append.ts`, making proofs
 * `merkle/prove.ts`. Sizes and indexes are safe integers and are halved by division: shifts would end at 2³¹ leaves.
 */
import { native } from '#native';

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;
export const HASH_BYTES = 32;

// RFC 6962 2.1: without these bytes an inner node could be passed off as a leaf
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The root of no leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Hash = native.sha256();

export const leafHash = (data: Uint8Array): Hash => native.sha256(LEAF, data);
export const nodeHash = (left: Hash, right: Hash): Hash => native.sha256(NODE, left, right);

/** Hashes are public here, so the comparison need not take constant time. */
export const isSameHash = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** MTH of RFC 6962 over the leaves' data. */
export const rootOf = (leaves: readonly Uint8Array[]): Hash => rootOfHashes(leaves.map(leafHash));

/** The same where the leaves are known by their leaf hashes. */
export function rootOfHashes(leafHashes: readonly Hash[]): Hash {
  if (leafHashes.length === 0) return EMPTY_ROOT;
  let row = leafHashes;
  // pairing from the left and carrying an odd one up unhashed gives the split at the largest power of two
  while (row.length > 1) row = parentsOf(row);
  return row[0]!;
}

/** The row above: an odd last hash moves up as it is. */
export function parentsOf(row: readonly Hash[]): Hash[] {
  const parents: Hash[] = [];
  for (let i = 0; i + 1 < row.length; i += 2) parents.push(nodeHash(row[i]!, row[i + 1]!));
  if (row.length % 2 === 1) parents.push(row[row.length - 1]!);
  return parents;
}

/**
 * Is `leaf` at `index` in the tree of `size` leaves with this `root`? Strict: a path with a hash too many or too few is no proof.
 *
 * @param leaf the leaf's hash, not its data
 * @param path from the leaf's sibling up
 * @returns false for any malformed argument too, never throws
 * @see RFC 9162 2.1.3.2
 */
export function verifyInclusion(leaf: Hash, index: number, size: number, path: readonly Hash[], root: Hash): boolean {
  const found = rootOfPath(leaf, index, size, path);
  return found !== null && isSameHash(found, root);
}

/**
 * The root that this path leads to, for whoever has it to compare in another way than by its bytes.
 *
 * @returns null for a path with a hash too many or too few, and for any malformed argument
 */
export function rootOfPath(leaf: Hash, index: number, size: number, path: readonly Hash[]): Hash | null {
  if (!isCount(index) || !isCount(size) || index >= size || ![leaf, ...path].every(isHash)) return null;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return null;
    if (isOdd(at) || at === last) {
      hash = nodeHash(sibling, hash);
      // the right border: levels where this node has no sibling are skipped
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? hash : null;
}

/** A root together with the number of leaves under it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/**
 * Is the tree `older` the beginning of the tree `newer`? The empty tree begins every tree, with an empty proof.
 *
 * @returns false for any malformed argument too, never throws
 * @see RFC 9162 2.1.4.2
 */
export function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Hash[]): boolean {
  if (!areHeads(older, newer, proof)) return false;
  if (older.size === newer.size) return proof.length === 0 && isSameHash(older.root, newer.root);
  if (older.size === 0) return proof.length === 0 && isSameHash(older.root, EMPTY_ROOT);
  const led = rootsOfProof(older, newer.size, proof);
  return led !== null && isSameHash(led.older, older.root) && isSameHash(led.newer, newer.root);
}

/**
 * Is it shown that `newer` begins otherwise than `older`? A proof that leads to the newer root has the root of its beginning in it, which
 * nobody can choose; where the older tree is a whole node of the newer one it has not, and nothing is shown.
 *
 * @returns false too for a proof that leads nowhere
 */
export function isOtherHistory(older: TreeHead, newer: TreeHead, proof: readonly Hash[]): boolean {
  if (!areHeads(older, newer, proof)) return false;
  if (older.size === newer.size) return !isSameHash(older.root, newer.root);
  if (older.size === 0) return false;
  const led = rootsOfProof(older, newer.size, proof);
  return led !== null && isSameHash(led.newer, newer.root) && !isSameHash(led.older, older.root);
}

const areHeads = (older: TreeHead, newer: TreeHead, proof: readonly Hash[]): boolean =>
  isCount(older.size) && isCount(newer.size) && older.size <= newer.size && [older.root, newer.root, ...proof].every(isHash);

/** @returns both roots that the proof leads to, between sizes that differ; null for one with a hash too many or too few */
function rootsOfProof(older: TreeHead, newerSize: number, proof: readonly Hash[]): { readonly older: Hash; readonly newer: Hash } | null {
  let at = older.size - 1;
  let last = newerSize - 1;
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  // a whole older tree is a node of the newer one: the verifier holds it already and the proof leaves it out
  const [start, ...rest] = at === 0 ? [older.root, ...proof] : proof;
  if (start === undefined) return null;
  let [olderHash, newerHash] = [start, start];
  for (const hash of rest) {
    if (last === 0) return null;
    if (isOdd(at) || at === last) {
      olderHash = nodeHash(hash, olderHash);
      newerHash = nodeHash(hash, newerHash);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newerHash = nodeHash(newerHash, hash);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? { older: olderHash, newer: newerHash } : null;
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const isHash = (hash: Hash): boolean => hash.length === HASH_BYTES;
const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);
