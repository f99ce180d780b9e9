import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash, verifyConsistency, verifyInclusion, type Hash } from '../../../crypto/merkle.js';
import { appendRun, EMPTY_FRONTIER, rootOfFrontier, type NodeId } from '../../../crypto/merkle/append.js';
import { planConsistency, planInclusion, type ProofPlan } from '../../../crypto/merkle/prove.js';
import { path, proof, someLeaves } from './model.js';

const SIZES = 200;
const leaves = someLeaves(SIZES);
const hashes = leaves.map(leafHash);
const stored = new Map(appendRun(EMPTY_FRONTIER, hashes).nodes.map((node) => [`${node.level}/${node.index}`, node.hash]));
const hashOf = ({ level, index }: NodeId): Hash => stored.get(`${level}/${index}`)!;
const make = (plan: ProofPlan): Hash[] => plan.finish(plan.nodes.map(hashOf));
const rootAt = (size: number): Hash => rootOfFrontier(appendRun(EMPTY_FRONTIER, hashes.slice(0, size)).frontier);

describe('a planned proof', () => {
  it('includes every leaf of every size up to 200', () => {
    const refused: string[] = [];
    for (let size = 1; size <= SIZES; size += 1) {
      const root = rootAt(size);
      for (let index = 0; index < size; index += 1) {
        if (!verifyInclusion(hashes[index]!, index, size, make(planInclusion(index, size)), root)) refused.push(`${index} of ${size}`);
      }
    }
    expect(refused).toEqual([]);
  });

  it('joins every two sizes up to 200', () => {
    const heads = Array.from({ length: SIZES + 1 }, (_, size) => ({ size, root: rootAt(size) }));
    const refused: string[] = [];
    for (let newer = 0; newer <= SIZES; newer += 1) {
      for (let older = 0; older <= newer; older += 1) {
        if (!verifyConsistency(heads[older]!, heads[newer]!, make(planConsistency(older, newer)))) refused.push(`${older} to ${newer}`);
      }
    }
    expect(refused).toEqual([]);
  });

  it('is the one that the RFC defines', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: SIZES }), fc.nat(), (size, n) => {
        expect(make(planInclusion(n % size, size))).toEqual(path(n % size, leaves.slice(0, size)));
        expect(make(planConsistency((n % size) + 1, size))).toEqual(proof((n % size) + 1, leaves.slice(0, size)));
      }),
    );
  });

  it('reads fewer than sixty nodes of a log of ten million leaves, and of one of 2⁴⁰ fewer than ninety', () => {
    for (const [size, most] of [
      [10_000_000, 60],
      [9_999_999, 60],
      [2 ** 40 - 1, 90],
    ] as const) {
      for (const at of [0, 1, Math.floor(size / 3), size - 2, size - 1]) {
        expect(planInclusion(at, size).nodes.length).toBeLessThan(most);
        expect(planConsistency(at, size).nodes.length).toBeLessThan(most);
      }
    }
  });

  it('never needs a node twice', () => {
    const { nodes } = planConsistency(123, 200);
    expect(new Set(nodes.map(({ level, index }) => `${level}/${index}`)).size).toBe(nodes.length);
  });

  it('is not made for a leaf or an older tree that does not exist', () => {
    for (const [index, size] of [
      [3, 3],
      [-1, 3],
      [0.5, 3],
      [0, 2 ** 53],
    ] as const)
      expect(() => planInclusion(index, size)).toThrow(RangeError);
    for (const [older, newer] of [
      [4, 3],
      [-1, 3],
      [0.5, 3],
      [0, 2 ** 53],
    ] as const)
      expect(() => planConsistency(older, newer)).toThrow(RangeError);
  });

  it('wants one hash for each node', () => {
    const plan = planInclusion(2, 7);
    expect(() => plan.finish([])).toThrow(RangeError);
  });
});
