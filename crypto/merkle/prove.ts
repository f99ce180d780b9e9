/**
 * Making proofs from stored nodes. A proof is planned first: which complete nodes it needs, at most about 2 · log₂(size) of
 * them, so that a store fetches them in one round trip and nothing here reads anything.
 *
 *     const plan = planInclusion(index, size);
 *     const path = plan.finish(await readHashes(plan.nodes));
 */
import { coveringNodes, rootOfBorder, type NodeId } from './append.js';
import type { Hash } from '../merkle.js';

export interface ProofPlan {
  readonly nodes: readonly NodeId[];
  /** @param hashes those of `nodes`, in that order */
  finish(hashes: readonly Hash[]): Hash[];
}

/** Leaves `from` to `to`, exclusive. */
type Range = readonly [from: number, to: number];

/**
 * The path of leaf `index` in the tree of the first `size` leaves, from its sibling up.
 *
 * @throws RangeError where there is no such leaf: callers know both numbers
 * @see RFC 6962 2.1.1
 */
export function planInclusion(index: number, size: number): ProofPlan {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError('no such leaf in the tree');
  const siblings: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      siblings.push([middle, to]);
      to = middle;
    } else {
      siblings.push([from, middle]);
      from = middle;
    }
  }
  return planOf(siblings.reverse());
}

/**
 * The proof that the first `older` leaves are the beginning of the first `newer`. Empty where they are the same, or none.
 *
 * @throws RangeError where `older` is above `newer`
 * @see RFC 6962 2.1.2
 */
export function planConsistency(older: number, newer: number): ProofPlan {
  if (!Number.isSafeInteger(older) || !Number.isSafeInteger(newer) || older < 0 || older > newer)
    throw new RangeError('no such older tree');
  if (older === 0) return planOf([]);
  const ranges: Range[] = [];
  let [from, to] = [0, newer];
  while (older !== to) {
    const middle = from + splitOf(to - from);
    if (older <= middle) {
      ranges.push([middle, to]);
      to = middle;
    } else {
      ranges.push([from, middle]);
      from = middle;
    }
  }
  // from 0 it is the older tree itself, whose root the verifier has
  if (from !== 0) ranges.push([from, to]);
  return planOf(ranges.reverse());
}

function planOf(ranges: readonly Range[]): ProofPlan {
  const covers = ranges.map(([from, to]) => coveringNodes(from, to));
  const nodes = covers.flat();
  return {
    nodes,
    finish(hashes) {
      if (hashes.length !== nodes.length) throw new RangeError('one hash for each planned node is expected');
      let at = 0;
      return covers.map((cover) => rootOfBorder(hashes.slice(at, (at += cover.length))));
    },
  };
}

/** The largest power of two below `n`, for `n` > 1. */
function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}
