import { describe, expect, it } from 'vitest';
import { EMPTY_ROOT, leafHash, rootOf } from '../../../crypto/merkle.js';
import { createTree } from '../../../crypto/merkle/tree.js';
import { path, someLeaves } from './model.js';

describe('a tree held whole', () => {
  it('has the root and the paths that the RFC defines, for every size up to 33', () => {
    for (let size = 1; size <= 33; size += 1) {
      const leaves = someLeaves(size);
      const tree = createTree(leaves.map(leafHash));
      expect(tree.size).toBe(size);
      expect(tree.root).toEqual(rootOf(leaves));
      for (let index = 0; index < size; index += 1) expect(tree.path(index)).toEqual(path(index, leaves));
    }
  });

  it('may be empty', () => {
    expect(createTree([]).root).toEqual(EMPTY_ROOT);
  });

  it('has no path for a leaf that it has not', () => {
    const tree = createTree(someLeaves(3).map(leafHash));
    for (const index of [3, -1, 0.5]) expect(() => tree.path(index)).toThrow(RangeError);
  });
});
