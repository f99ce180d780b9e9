/**
 * The public log read leaf by leaf, up to a checkpoint that is trusted: its epoch leaves, one after another, and none twice. Whoever
 * only opens an epoch cannot see that another leaf says the same number; whoever reads the whole log does. 34 bytes a leaf, and what
 * was read before is not read again.
 */
import { isEpochLeaf, parseEpochLeaf, type EpochLeaf } from '../../crypto/epoch-leaf.js';
import { isSameHash, leafHash, type TreeHead } from '../../crypto/merkle.js';
import { appendRun, rootOfFrontier, type Frontier } from '../../crypto/merkle/append.js';
import { splitEntries } from '../../crypto/tiles.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { ClientContext } from './context.js';
import { PolicyRefusal } from './error.js';

export interface EpochPlace extends Omit<EpochLeaf, 'slots'> {
  /** of the epoch leaf */
  readonly index: number;
  readonly slots: number;
}

export interface ReadSoFar {
  readonly frontier: Frontier;
  /** the last epoch in it: number 0 and `upTo` -1 before the first */
  readonly n: number;
  readonly upTo: number;
}

/** @returns the epochs behind `before`, and how far the log has been read; or what is wrong with it */
export async function readLeaves(
  context: ClientContext,
  head: TreeHead,
  before: ReadSoFar,
): Promise<Result<{ readonly epochs: readonly EpochPlace[]; readonly frontier: Frontier }, string>> {
  let { frontier, n, upTo } = before;
  const epochs: EpochPlace[] = [];
  if (frontier.size > head.size) return no(`more of this log was read before than the ${head.size} leaves that it has now`);
  while (frontier.size < head.size) {
    const leaves = await readRun(context, head.size, frontier.size);
    if (!leaves.ok) return leaves;
    for (const [i, data] of leaves.value.entries()) {
      if (!isEpochLeaf(data)) continue;
      const index = frontier.size + i;
      const epoch = parseEpochLeaf(data);
      if (!epoch.ok) return no(`leaf ${index} is neither an event nor an epoch: ${epoch.error}`);
      if (epoch.value.n !== n + 1) return no(`leaf ${index} says epoch ${epoch.value.n} where ${n + 1} is next`);
      if (epoch.value.upTo < upTo || epoch.value.upTo >= index) return no(`epoch ${n + 1} covers what it may not cover`);
      ({ n, upTo } = epoch.value);
      epochs.push({ ...epoch.value, index });
    }
    ({ frontier } = appendRun(frontier, leaves.value.map(leafHash)));
  }
  if (!isSameHash(rootOfFrontier(frontier), head.root)) return no('the leaves are not those of the checkpoint');
  return ok({ epochs, frontier });
}

async function readRun({ door }: ClientContext, size: number, from: number): Promise<Result<readonly Uint8Array[], string>> {
  try {
    const { bytes } = await door.ask({ method: 'GET', path: `/v1/log/leaves?size=${size}&from=${from}`, signed: true });
    const leaves = splitEntries(bytes);
    if (!leaves.ok) return leaves;
    const isMore = leaves.value.length === 0 || from + leaves.value.length > size;
    return isMore ? no(`the gateway does not give leaf ${from} of the ${size} that it signed`) : leaves;
  } catch (error) {
    if (error instanceof PolicyRefusal && error.status === 404) return no(`the gateway does not have the ${size} leaves that it signed`);
    throw error;
  }
}
