import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createPartHasher,
  PART_BYTES,
  partCount,
  partHash,
  partPath,
  partSize,
  partTreeOf,
  rootOfParts,
  verifyPart,
} from '../../crypto/part-tree.js';
import { mth } from './merkle/model.js';

/** bytes that differ from part to part */
const body = (size: number): Uint8Array => {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 4_096) bytes[at] = (at / 4_096) % 251;
  return bytes;
};
const SIZE = 2 * PART_BYTES + 12_345;
const whole = body(SIZE);
const tree = partTreeOf(whole);
const partOf = (index: number): Uint8Array => whole.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);

describe('the digest of an item', () => {
  it('is the RFC 6962 root over its 8 MiB parts', () => {
    expect(PART_BYTES).toBe(8_388_608);
    expect(tree.root).toEqual(mth([partOf(0), partOf(1), partOf(2)]));
    expect(tree.size).toBe(SIZE);
  });

  it('comes from the stored part hashes alone', () => {
    expect(rootOfParts([0, 1, 2].map((index) => partHash(partOf(index))))).toEqual(tree.root);
  });

  it('is the same however the body streams by', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 * PART_BYTES }), { maxLength: 5 }), (cuts) => {
        const hasher = createPartHasher();
        let at = 0;
        for (const cut of [...cuts.toSorted((a, b) => a - b), SIZE]) {
          hasher.push(whole.subarray(at, cut));
          at = Math.max(at, Math.min(cut, SIZE));
        }
        expect(hasher.finish()).toEqual(tree);
      }),
      { numRuns: 8 },
    );
  });

  it.each([1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES])('streams %i bytes as it hashes them at once', (size) => {
    const hasher = createPartHasher();
    hasher.push(whole.subarray(0, size));
    expect(hasher.finish()).toEqual(partTreeOf(whole.subarray(0, size)));
  });

  it('does not exist for an item without bytes', () => {
    expect(() => partTreeOf(new Uint8Array(0))).toThrow(RangeError);
    expect(() => createPartHasher().finish()).toThrow(RangeError);
  });
});

describe('the parts of an item', () => {
  it('are 8 MiB each but for the last', () => {
    expect([0, 1, 2, 3].map((index) => partSize(SIZE, index))).toEqual([PART_BYTES, PART_BYTES, 12_345, 0]);
    expect(partCount(SIZE)).toBe(3);
    expect(partCount(PART_BYTES)).toBe(1);
    expect(partSize(PART_BYTES, 0)).toBe(PART_BYTES);
  });

  it('are verified one by one', () => {
    for (const index of [0, 1, 2]) {
      expect(verifyPart({ index, bytes: partOf(index), path: partPath(tree.parts, index) }, tree)).toBe(true);
    }
  });

  it('are refused when altered, cut, misplaced or missing', () => {
    const path = partPath(tree.parts, 1);
    expect(verifyPart({ index: 1, bytes: partOf(1).with(5, 1), path }, tree)).toBe(false);
    expect(verifyPart({ index: 1, bytes: partOf(1).subarray(1), path }, tree)).toBe(false);
    expect(verifyPart({ index: 0, bytes: partOf(1), path }, tree)).toBe(false);
    expect(verifyPart({ index: 3, bytes: new Uint8Array(0), path: [] }, tree)).toBe(false);
    expect(verifyPart({ index: 1, bytes: partOf(1), path: path.toReversed() }, tree)).toBe(false);
  });

  it('are refused where another size is claimed for the item', () => {
    const last = { index: 2, bytes: partOf(2), path: partPath(tree.parts, 2) };
    expect(verifyPart(last, { ...tree, size: SIZE + 1 })).toBe(false);
    expect(verifyPart(last, { ...tree, size: 3 * PART_BYTES })).toBe(false);
  });

  it('have no path beyond the last', () => {
    expect(() => partPath(tree.parts, 3)).toThrow(RangeError);
  });
});
