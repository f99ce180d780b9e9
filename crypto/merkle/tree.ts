/** A small tree held whole: a batch of receipts, the slots of an epoch, the parts of an item. The log itself is never held whole. */
import { EMPTY_ROOT, parentsOf, type Hash } from '../merkle.js';

export interface Tree {
  readonly size: number;
  readonly root: Hash;
  /**
   * @returns the inclusion path, from the leaf's sibling up
   * @throws RangeError where there is no such leaf
   */
  path(index: number): Hash[];
}

export function createTree(leafHashes: readonly Hash[]): Tree {
  const rows: (readonly Hash[])[] = [leafHashes];
  for (let row = leafHashes; row.length > 1;) rows.push((row = parentsOf(row)));
  return {
    size: leafHashes.length,
    root: rows[rows.length - 1]![0] ?? EMPTY_ROOT,
    path(index) {
      if (leafHashes[index] === undefined) throw new RangeError('no such leaf in the tree');
      // the odd one at a row's end has no sibling there and adds nothing
      return rows.flatMap((row, level) => row[siblingOf(Math.floor(index / 2 ** level))] ?? []);
    },
  };
}

const siblingOf = (index: number): number => (index % 2 === 0 ? index + 1 : index - 1);
