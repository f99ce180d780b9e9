/**
 * An item's ciphertext digest: the RFC 6962 root over its parts of 8 MiB. A server hashes each part as it comes and reads nothing
 * again at the commit; a reader checks each part as it comes and asks again for the one that is wrong.
 *
 * @see engineering.md, Bytes
 */
import { leafHash, rootOfHashes, verifyInclusion, type Hash } from './merkle.js';
import { createTree } from './merkle/tree.js';

export const PART_BYTES = 8 * 1024 * 1024;

export interface PartTree {
  /** bytes */
  readonly size: number;
  readonly root: Hash;
  /** one for each part: what a server stores beside it */
  readonly parts: readonly Hash[];
}

export const partHash = (part: Uint8Array): Hash => leafHash(part);

/** The item's digest from its stored part hashes. @throws RangeError for none: an item without bytes is refused */
export function rootOfParts(parts: readonly Hash[]): Hash {
  if (parts.length === 0) throw new RangeError('an item has at least one byte');
  return rootOfHashes(parts);
}

export const partCount = (size: number): number => Math.ceil(size / PART_BYTES);

/** Bytes of the part `index` of an item of `size` bytes; 0 where there is no such part. */
export const partSize = (size: number, index: number): number => Math.max(0, Math.min(PART_BYTES, size - index * PART_BYTES));

/** The path to send with a part, from the stored part hashes. @throws RangeError where there is no such part */
export const partPath = (parts: readonly Hash[], index: number): Hash[] => createTree(parts).path(index);

/** Is this the part `index` of the item? False for a wrong length, whatever the hashes say. */
export function verifyPart(
  part: { readonly index: number; readonly bytes: Uint8Array; readonly path: readonly Hash[] },
  item: { readonly size: number; readonly root: Hash },
): boolean {
  const { index, bytes, path } = part;
  if (bytes.length === 0 || bytes.length !== partSize(item.size, index)) return false;
  return verifyInclusion(partHash(bytes), index, partCount(item.size), path, item.root);
}

export interface PartHasher {
  push(bytes: Uint8Array): void;
  /** To be called once, after the last byte. @throws RangeError where there was none */
  finish(): PartTree;
}

/** For a body that streams by in pieces of any size: holds one part in memory, never more. */
export function createPartHasher(): PartHasher {
  const part = new Uint8Array(PART_BYTES);
  const parts: Hash[] = [];
  let filled = 0;
  return {
    push(bytes) {
      for (let at = 0; at < bytes.length;) {
        const piece = bytes.subarray(at, at + PART_BYTES - filled);
        part.set(piece, filled);
        filled += piece.length;
        at += piece.length;
        if (filled < PART_BYTES) continue;
        parts.push(partHash(part));
        filled = 0;
      }
    },
    finish() {
      const size = parts.length * PART_BYTES + filled;
      if (filled > 0) parts.push(partHash(part.subarray(0, filled)));
      return { size, root: rootOfParts(parts), parts };
    },
  };
}

/** The same for a body in memory, without a copy. */
export function partTreeOf(bytes: Uint8Array): PartTree {
  const parts = Array.from({ length: partCount(bytes.length) }, (_, i) => partHash(bytes.subarray(i * PART_BYTES, (i + 1) * PART_BYTES)));
  return { size: bytes.length, root: rootOfParts(parts), parts };
}
