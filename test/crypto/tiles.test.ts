import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash, verifyInclusion } from '../../crypto/merkle.js';
import { appendRun, EMPTY_FRONTIER, rootOfFrontier, type TreeNode } from '../../crypto/merkle/append.js';
import { planInclusion } from '../../crypto/merkle/prove.js';
import {
  isTileOf,
  joinEntries,
  joinTile,
  nodesInTile,
  nodesOfTile,
  parseTilePath,
  splitEntries,
  tileOfNode,
  tilePath,
} from '../../crypto/tiles.js';
import { ok } from '../../domain/result.js';
import { someLeaves } from './merkle/model.js';

const key = ({ level, index }: { level: number; index: number }): string => `${level}/${index}`;

describe('the path of a tile', () => {
  it.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1234067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 2, index: 1000, width: 1 }, 'tile/2/x001/000.p/1'],
    [{ level: 63, index: 999, width: 255 }, 'tile/63/999.p/255'],
    [{ level: 'entries', index: 273, width: 112 }, 'tile/entries/273.p/112'],
  ] as const)('of %j is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(ok(tile));
  });

  it('comes back as it was', () => {
    const arbTile = fc.record({
      level: fc.oneof(fc.nat(63), fc.constant('entries' as const)),
      index: fc.nat(2 ** 31 - 1),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(arbTile, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual(ok(tile));
      }),
    );
  });

  it.each([
    'tile/64/000',
    'tile/00/000',
    'tile/-1/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/001/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/257',
    'tile/0/000/',
    '/tile/0/000',
    'tile/entries',
    'tile/0/x001/x001/x001/x001/x001/x001/001',
  ])('is not %s', (path) => {
    expect(parseTilePath(path).ok).toBe(false);
  });
});

describe('the tiles of a tree', () => {
  it('belong to the tree once it has all their hashes', () => {
    expect(isTileOf(310, { level: 0, index: 1, width: 54 })).toBe(true);
    expect(isTileOf(309, { level: 0, index: 1, width: 54 })).toBe(false);
    expect(isTileOf(310, { level: 'entries', index: 1, width: 54 })).toBe(true);
    expect(isTileOf(255, { level: 1, index: 0, width: 1 })).toBe(false);
    expect(isTileOf(256, { level: 1, index: 0, width: 1 })).toBe(true);
  });

  const SIZE = 70_000;
  const { frontier, nodes } = appendRun(EMPTY_FRONTIER, someLeaves(SIZE).map(leafHash));
  const stored = new Map(nodes.map((node) => [key(node), node.hash]));
  const bytesOf = (tile: { level: number; index: number; width: number }) => joinTile(nodesOfTile(tile).map((id) => stored.get(key(id))!));

  it('hold 32 bytes a hash', () => {
    expect(bytesOf({ level: 0, index: 0, width: 256 }).length).toBe(8_192);
    expect(bytesOf({ level: 1, index: 1, width: 17 }).length).toBe(544);
  });

  it('tell every node that a publisher stored, and no other', () => {
    // as the specification counts them for 70,000 leaves
    const full = (level: number, count: number) => Array.from({ length: count }, (_, index) => ({ level, index, width: 256 }));
    const border = [
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ];
    const tiles = [...full(0, 273), ...full(1, 1), ...border];
    expect([
      tiles.every((tile) => isTileOf(SIZE, tile)),
      border.some((tile) => isTileOf(SIZE, { ...tile, width: tile.width + 1 })),
    ]).toEqual([true, false]);
    const told: TreeNode[] = tiles.flatMap((tile) => nodesInTile(tile, bytesOf(tile)));
    expect(told.length).toBe(nodes.length);
    expect(told.every((node) => Buffer.compare(stored.get(key(node))!, node.hash) === 0)).toBe(true);
  });

  it('are enough for a stranger to make an inclusion proof', () => {
    for (const index of [0, 255, 256, 65_535, 65_536, 69_999]) {
      const plan = planInclusion(index, SIZE);
      const hashes = plan.nodes.map((id) => {
        const tile = tileOfNode(id, SIZE);
        expect(isTileOf(SIZE, tile)).toBe(true);
        return nodesInTile(tile, bytesOf(tile)).find((node) => key(node) === key(id))!.hash;
      });
      const leaf = stored.get(key({ level: 0, index }))!;
      expect(verifyInclusion(leaf, index, SIZE, plan.finish(hashes), rootOfFrontier(frontier))).toBe(true);
    }
  });
});

describe('an entry bundle', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 9 }), (entries) => {
        expect(splitEntries(joinEntries(entries))).toEqual(ok(entries));
      }),
    );
  });

  it('says each length in two bytes, the larger first', () => {
    expect(joinEntries([new Uint8Array(258).fill(7)]).slice(0, 3)).toEqual(Uint8Array.of(1, 2, 7));
    expect(() => joinEntries([new Uint8Array(65_536)])).toThrow(RangeError);
  });

  it.each([[[0]], [[0, 1]], [[0, 1, 9, 0]], [[0, 1, 9, 1, 0]]])('is refused where it ends inside an entry: %j', (bytes) => {
    expect(splitEntries(Uint8Array.from(bytes)).ok).toBe(false);
  });
});
