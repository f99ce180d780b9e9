import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_ROOT,
  isOtherHistory,
  isSameHash,
  leafHash,
  nodeHash,
  rootOf,
  rootOfHashes,
  verifyConsistency,
  verifyInclusion,
  type Hash,
} from '../../crypto/merkle.js';
import { mth, path, proof, someLeaves } from './merkle/model.js';

const SIZES = 200;
const leaves = someLeaves(SIZES);
const hashes = leaves.map(leafHash);
const roots = Array.from({ length: SIZES + 1 }, (_, size) => rootOf(leaves.slice(0, size)));

/** the root above `from` where all siblings stand to its right, as a forger would put them */
const leading = (from: Hash, siblings: readonly Hash[]): Hash => siblings.reduce((hash, sibling) => nodeHash(hash, sibling), from);
const flipped = (hash: Hash, bit: number): Hash => hash.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
const arbSize = fc.integer({ min: 1, max: SIZES });
const arbBit = fc.integer({ min: 0, max: 255 });

describe('the tree of RFC 6962', () => {
  it('has the root that the RFC defines, for every size up to 200', () => {
    roots.forEach((root, size) => expect(root).toEqual(mth(leaves.slice(0, size))));
  });

  it('has the same root when only the leaf hashes are known', () => {
    expect(rootOfHashes(hashes)).toEqual(roots[SIZES]);
    expect(rootOfHashes([])).toEqual(EMPTY_ROOT);
  });

  it('tells a leaf from a node of the same bytes', () => {
    const both = new Uint8Array([...hashes[0]!, ...hashes[1]!]);
    expect(leafHash(both)).not.toEqual(nodeHash(hashes[0]!, hashes[1]!));
  });

  it('compares hashes by every byte and by length', () => {
    expect(isSameHash(hashes[0]!, hashes[0]!.slice())).toBe(true);
    expect(isSameHash(hashes[0]!, hashes[0]!.slice(0, 31))).toBe(false);
    expect(isSameHash(hashes[0]!.slice(0, 31), hashes[0]!)).toBe(false);
    expect(isSameHash(hashes[0]!, flipped(hashes[0]!, 255))).toBe(false);
  });
});

describe('an inclusion proof', () => {
  it('is accepted for every leaf of every size up to 33, and for every size up to 200', () => {
    for (let size = 1; size <= SIZES; size += 1) {
      const step = size <= 33 ? 1 : 61;
      for (let index = (size - 1) % step; index < size; index += step) {
        const siblings = path(index, leaves.slice(0, size));
        expect(verifyInclusion(hashes[index]!, index, size, siblings, roots[size]!)).toBe(true);
      }
    }
  });

  const arbProof = arbSize.chain((size) => fc.record({ size: fc.constant(size), index: fc.integer({ min: 0, max: size - 1 }) }));

  it('is refused once a bit of the leaf, the root or any hash of the path is altered', () => {
    fc.assert(
      fc.property(arbProof, arbBit, fc.nat(), ({ size, index }, bit, pick) => {
        const siblings = path(index, leaves.slice(0, size));
        expect(verifyInclusion(flipped(hashes[index]!, bit), index, size, siblings, roots[size]!)).toBe(false);
        expect(verifyInclusion(hashes[index]!, index, size, siblings, flipped(roots[size]!, bit))).toBe(false);
        if (siblings.length === 0) return;
        const altered = siblings.map((hash, i) => (i === pick % siblings.length ? flipped(hash, bit) : hash));
        expect(verifyInclusion(hashes[index]!, index, size, altered, roots[size]!)).toBe(false);
      }),
    );
  });

  it('is refused at any other index, with a hash more, and with a hash fewer', () => {
    fc.assert(
      fc.property(arbProof, fc.nat(SIZES), ({ size, index }, other) => {
        const siblings = path(index, leaves.slice(0, size));
        if (other !== index) expect(verifyInclusion(hashes[index]!, other, size, siblings, roots[size]!)).toBe(false);
        expect(verifyInclusion(hashes[index]!, index, size, [...siblings, hashes[0]!], roots[size]!)).toBe(false);
        if (size > 1) expect(verifyInclusion(hashes[index]!, index, size, siblings.slice(0, -1), roots[size]!)).toBe(false);
      }),
    );
  });

  it('is refused, never thrown at, where a number or a hash is malformed', () => {
    const siblings = path(2, leaves.slice(0, 5));
    const verify = (index: number, size: number, leaf = hashes[2]!, hashed = siblings, root = roots[5]!) =>
      verifyInclusion(leaf, index, size, hashed, root);
    expect(verify(2, 5)).toBe(true);
    for (const bad of [-1, 1.5, NaN, Infinity, 2 ** 53]) {
      expect(verify(bad, 5)).toBe(false);
      expect(verify(2, bad)).toBe(false);
    }
    expect(verify(5, 5)).toBe(false);
    expect(verify(0, 0)).toBe(false);
    expect(verify(2, 5, hashes[2]!.slice(1))).toBe(false);
    expect(verify(2, 5, hashes[2]!, [siblings[0]!.slice(1), ...siblings.slice(1)])).toBe(false);
    expect(verify(2, 5, hashes[2]!, siblings, new Uint8Array(0))).toBe(false);
  });

  it('is refused for a number that counts nothing, a path of another length or a hash that is none, though all of it leads to the root', () => {
    const [leaf, beside] = hashes as [Hash, Hash];
    const led = (index: number, size: number, siblings: readonly Hash[], from = leaf) =>
      verifyInclusion(from, index, size, siblings, leading(from, siblings));
    expect(led(0, 2, [beside])).toBe(true);
    for (const bad of [-1, -2, 0.5, NaN, 2]) expect(led(bad, 2, [beside]), `index ${bad}`).toBe(false);
    expect(led(1, 1, [])).toBe(false);
    expect(led(0, 1.5, [beside])).toBe(false);
    const high = (levels: number) => Array<Hash>(levels).fill(beside);
    expect([led(0, 2 ** 52, high(52)), led(0, 2 ** 53 - 1, high(53)), led(0, 2 ** 53, high(53))]).toEqual([true, true, false]);
    expect([led(0, 3, [beside]), led(0, 4, [beside]), led(0, 1, [beside])]).toEqual([false, false, false]);
    expect(verifyInclusion(leaf, 0, 1, [beside], nodeHash(beside, leaf))).toBe(false);
    expect([led(0, 2, [beside.slice(1)]), led(0, 1, [], leaf.slice(1))]).toEqual([false, false]);
  });

  it('counts past 2³¹ leaves', () => {
    // the second half of a tree of 2³³ + 1 leaves is one leaf; its only sibling is the first half
    const big = 2 ** 33;
    expect(verifyInclusion(hashes[0]!, big, big + 1, [hashes[1]!], nodeHash(hashes[1]!, hashes[0]!))).toBe(true);
  });
});

describe('a consistency proof', () => {
  const head = (size: number) => ({ size, root: roots[size]! });

  it('is accepted between any two sizes up to 40 and from each of them to 200', () => {
    for (let older = 1; older <= 40; older += 1) {
      for (const newer of [...Array.from({ length: 41 - older }, (_, i) => older + i), SIZES]) {
        expect(verifyConsistency(head(older), head(newer), proof(older, leaves.slice(0, newer)))).toBe(true);
      }
    }
  });

  const arbSizes = fc.tuple(arbSize, arbSize).map(([a, b]) => ({ older: Math.min(a, b), newer: Math.max(a, b) }));

  it('is refused once a bit of either root or of any hash is altered, with a hash more, and with a hash fewer', () => {
    fc.assert(
      fc.property(arbSizes, arbBit, fc.nat(), ({ older, newer }, bit, pick) => {
        const hashed = proof(older, leaves.slice(0, newer));
        expect(verifyConsistency({ size: older, root: flipped(roots[older]!, bit) }, head(newer), hashed)).toBe(false);
        expect(verifyConsistency(head(older), { size: newer, root: flipped(roots[newer]!, bit) }, hashed)).toBe(false);
        expect(verifyConsistency(head(older), head(newer), [...hashed, hashes[0]!])).toBe(false);
        if (hashed.length === 0) return;
        const altered = hashed.map((hash, i) => (i === pick % hashed.length ? flipped(hash, bit) : hash));
        expect(verifyConsistency(head(older), head(newer), altered)).toBe(false);
        expect(verifyConsistency(head(older), head(newer), hashed.slice(0, -1))).toBe(false);
      }),
    );
  });

  it('is refused for a history that was rewritten', () => {
    const rewritten = rootOf(leaves.slice(0, 50).with(7, leaves[8]!));
    expect(verifyConsistency({ size: 50, root: rewritten }, head(120), proof(50, leaves.slice(0, 120)))).toBe(false);
  });

  it('is empty from the empty tree, whose root is known', () => {
    expect(verifyConsistency(head(0), head(7), [])).toBe(true);
    expect(verifyConsistency(head(0), head(0), [])).toBe(true);
    expect(verifyConsistency(head(0), head(7), [hashes[0]!])).toBe(false);
    expect(verifyConsistency({ size: 0, root: hashes[0]! }, head(7), [])).toBe(false);
  });

  it('is refused, never thrown at, where sizes run backwards, a number or a hash is malformed', () => {
    const hashed = proof(3, leaves.slice(0, 7));
    expect(verifyConsistency(head(3), head(7), hashed)).toBe(true);
    expect(verifyConsistency(head(7), head(3), hashed)).toBe(false);
    for (const bad of [-1, 1.5, NaN]) {
      expect(verifyConsistency({ ...head(3), size: bad }, head(7), hashed)).toBe(false);
      expect(verifyConsistency(head(3), { ...head(7), size: bad }, hashed)).toBe(false);
    }
    expect(verifyConsistency({ size: 3, root: roots[3]!.slice(1) }, head(7), hashed)).toBe(false);
    expect(verifyConsistency(head(3), { size: 7, root: roots[7]!.slice(1) }, hashed)).toBe(false);
    expect(verifyConsistency(head(3), head(7), [hashed[0]!.slice(1), ...hashed.slice(1)])).toBe(false);
    expect(verifyConsistency(head(3), head(7), [])).toBe(false);
  });

  it('is refused for sizes that count nothing, another length or hashes that are none, though all of it leads to both roots', () => {
    const [root, beside] = hashes as [Hash, Hash];
    const led = (older: number, newer: number, siblings: readonly Hash[], from = root) =>
      verifyConsistency({ size: older, root: from }, { size: newer, root: leading(from, siblings) }, siblings);
    // what is no power of two names its own root first
    const named = (older: number, newer: number, siblings: readonly Hash[]) =>
      verifyConsistency({ size: older, root }, { size: newer, root: leading(root, siblings) }, [root, ...siblings]);
    const high = (levels: number) => Array<Hash>(levels).fill(beside);
    expect([led(1, 2, [beside]), led(1, 2 ** 53 - 1, high(53)), led(3, 3, [])]).toEqual([true, true, true]);
    for (const bad of [-1, -2, 0.5, NaN]) expect([led(bad, 2, [beside]), named(bad, 2, [beside])], `${bad}`).toEqual([false, false]);
    for (const bad of [-1, 1.5, NaN, 2 ** 53]) expect(led(bad, bad, []), `${bad}`).toBe(false);
    expect([led(1, 2.5, [beside]), led(1, 1.5, [beside]), led(1, 2 ** 53, high(53))]).toEqual([false, false, false]);
    // backwards, and the same size with something to prove
    expect([led(2, 1, []), led(2, 2, [beside]), verifyConsistency(head(5), { size: 5, root: beside }, [])]).toEqual([false, false, false]);
    expect([led(1, 4, [beside]), led(1, 3, [beside])]).toEqual([false, false]);
    // four leaves end at two hashes above the third: a further one would lie above both roots
    const above = (...lower: Hash[]) => lower.reduce((hash, left) => nodeHash(left, hash));
    const three = above(root, beside);
    const four = above(nodeHash(root, beside), beside);
    expect(verifyConsistency({ size: 3, root: three }, { size: 4, root: four }, [root, beside, beside])).toBe(true);
    const longer = [root, beside, beside, beside];
    expect(verifyConsistency({ size: 3, root: above(three, beside) }, { size: 4, root: above(four, beside) }, longer)).toBe(false);
    expect([led(1, 2, [beside.slice(1)]), led(1, 2, [beside], root.slice(1)), led(3, 3, [], root.slice(1))]).toEqual([false, false, false]);
  });
});

describe('another history', () => {
  const other = [leaves[1]!, ...leaves.slice(1)];
  const head = (size: number, of = leaves) => ({ size, root: rootOf(of.slice(0, size)) });
  const isWholeNode = (size: number): boolean => Number.isInteger(Math.log2(size));

  it('is shown by its own proof, where the older tree is no whole node of the newer one', () => {
    for (let older = 1; older <= 20; older += 1)
      for (let newer = older + 1; newer <= 21; newer += 1)
        expect(isOtherHistory(head(older), head(newer, other), proof(older, other.slice(0, newer)))).toBe(!isWholeNode(older));
  });

  it('is shown by two roots of one size, the empty one too, whatever proof is said', () => {
    for (const size of [0, 1, 8]) expect(isOtherHistory({ size, root: hashes[9]! }, head(size), [])).toBe(true);
    expect([isOtherHistory(head(8), head(8), []), isOtherHistory(head(8), head(8, other), [hashes[0]!])]).toEqual([false, true]);
  });

  it('is not shown of one history by any proof, nor by one that leads nowhere', () => {
    for (const [older, newer] of [
      [5, 9],
      [4, 9],
      [0, 9],
    ] as const) {
      const hashed = older === 0 ? [] : proof(older, leaves.slice(0, newer));
      for (const said of [hashed, [...hashed, hashes[0]!], hashed.slice(1), hashed.map((hash) => flipped(hash, 3))])
        expect(isOtherHistory(head(older), head(newer), said)).toBe(false);
    }
    expect(isOtherHistory(head(5), head(9, other), proof(6, other.slice(0, 9)))).toBe(false);
    expect(isOtherHistory(head(9), head(5, other), [])).toBe(false);
    expect(isOtherHistory({ size: 5, root: hashes[0]!.slice(1) }, head(5), [])).toBe(false);
  });
});
