import { expect, it } from 'vitest';
import { blockBasis, leavesIn, placesBasis } from '../../domain/pruned.js';

it('reads a block and places as they are said, and nothing in other words', () => {
  expect(leavesIn(blockBasis(0, 255))).toEqual({ block: [0, 255], places: [] });
  expect(leavesIn(placesBasis([300, 411]))).toEqual({ block: null, places: [300, 411] });
  expect(leavesIn(placesBasis([7]))).toEqual({ block: null, places: [7] });
  for (const other of ['', 'LEAVES ', 'LEAVES 1  2', 'LEAVES 1 TO', 'LEAVES 12345678901234567']) {
    expect(leavesIn(other), other).toEqual({ block: null, places: [] });
  }
});
