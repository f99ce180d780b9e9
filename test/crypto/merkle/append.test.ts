import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash, rootOf } from '../../../crypto/merkle.js';
import { appendRun, coveringNodes, EMPTY_FRONTIER, rootOfFrontier, type TreeNode } from '../../../crypto/merkle/append.js';
import { mth, someLeaves } from './model.js';

const leaves = someLeaves(300);
const hashes = leaves.map(leafHash);

describe('a growing tree', () => {
  it('has the root of the whole after each single leaf', () => {
    let frontier = EMPTY_FRONTIER;
    expect(rootOfFrontier(frontier)).toEqual(rootOf([]));
    hashes.forEach((hash, i) => {
      frontier = appendRun(frontier, [hash]).frontier;
      expect(rootOfFrontier(frontier)).toEqual(rootOf(leaves.slice(0, i + 1)));
    });
  });

  it('comes to the same border and the same nodes however the leaves arrive in runs', () => {
    const whole = appendRun(EMPTY_FRONTIER, hashes);
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 20 }), (runs) => {
        let frontier = EMPTY_FRONTIER;
        const nodes: TreeNode[] = [];
        for (const run of [...runs, hashes.length]) {
          const grown = appendRun(frontier, hashes.slice(frontier.size, frontier.size + run));
          frontier = grown.frontier;
          nodes.push(...grown.nodes);
        }
        expect(frontier).toEqual(whole.frontier);
        expect(nodes).toEqual(whole.nodes);
      }),
      { numRuns: 10 },
    );
  });

  it('leaves the border it grew from as it was', () => {
    const before = appendRun(EMPTY_FRONTIER, hashes.slice(0, 7)).frontier;
    const copy = structuredClone(before);
    appendRun(before, hashes.slice(7));
    expect(before).toEqual(copy);
  });

  it('tells each complete subtree once, with the hash that the RFC defines', () => {
    const { nodes } = appendRun(EMPTY_FRONTIER, hashes);
    expect(new Set(nodes.map(({ level, index }) => `${level}/${index}`)).size).toBe(nodes.length);
    expect(nodes.length).toBe(300 + 150 + 75 + 37 + 18 + 9 + 4 + 2 + 1);
    for (const { level, index, hash } of nodes.filter((node) => node.level >= 4)) {
      expect(hash).toEqual(mth(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
    }
  });

  it('finds its border again among the stored nodes', () => {
    const { frontier, nodes } = appendRun(EMPTY_FRONTIER, hashes);
    const border = coveringNodes(0, 300).map((id) => nodes.find((node) => node.level === id.level && node.index === id.index)!.hash);
    expect(border).toEqual(frontier.hashes);
    expect(coveringNodes(0, 0)).toEqual([]);
  });
});
