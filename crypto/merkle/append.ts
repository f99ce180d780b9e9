/** Growing a tree: its right border is all that one needs to remember. */
import { EMPTY_ROOT, nodeHash, type Hash } from '../merkle.js';

/** Where a node stands: it covers the leaves `index · 2^level` up to, not including, `(index + 1) · 2^level`. */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/** A complete subtree's root. It never changes once its last leaf is there, so it may be stored for ever. */
export interface TreeNode extends NodeId {
  readonly hash: Hash;
}

/** A tree of `size` leaves as the roots of its complete subtrees, largest first: one for each bit that is set in `size`. */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Hash[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/**
 * Appends a run of leaves.
 *
 * @returns the new border, and each node that the run completed, leaves (level 0) among them, children before parents:
 *   stored together with those of earlier runs they are what every proof is made from
 */
export function appendRun(frontier: Frontier, leafHashes: readonly Hash[]): { frontier: Frontier; nodes: TreeNode[] } {
  const hashes = [...frontier.hashes];
  const nodes: TreeNode[] = [];
  leafHashes.forEach((leaf, i) => {
    let node: TreeNode = { level: 0, index: frontier.size + i, hash: leaf };
    nodes.push(node);
    while (node.index % 2 === 1) {
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(hashes.pop()!, node.hash) };
      nodes.push(node);
    }
    hashes.push(node.hash);
  });
  return { frontier: { size: frontier.size + leafHashes.length, hashes }, nodes };
}

export const rootOfFrontier = (frontier: Frontier): Hash => (frontier.size === 0 ? EMPTY_ROOT : rootOfBorder(frontier.hashes));

/** @param hashes roots of adjacent complete subtrees, largest first, at least one */
export const rootOfBorder = (hashes: readonly Hash[]): Hash => hashes.reduceRight((right, left) => nodeHash(left, right));

/**
 * The complete nodes that cover the leaves `from` to `to` (exclusive), largest first. For `from` 0 these are a frontier's, so
 * that a publisher that starts anew reads its border back.
 *
 * @param from a multiple of the largest power of two that is not above `to - from`, as every range of a proof is
 */
export function coveringNodes(from: number, to: number): NodeId[] {
  const nodes: NodeId[] = [];
  for (let at = from; at < to;) {
    let level = 0;
    while (2 ** (level + 1) <= to - at) level += 1;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}
