/**
 * The publisher: an epoch leaf over everything before it, then tree, streams and a signed checkpoint. Never on the path of a
 * message. A publisher that died between leaf and checkpoint is taken over by the next run: all of it follows from the log.
 */
import { parseEpochLeaf } from '../../crypto/epoch-leaf.js';
import { Failure } from '../../domain/failure.js';
import type { StoredLeaf } from '../../domain/ports.js';
import { computeEpoch, epochRow, findEpochLeaf, isSameEpoch, publicationFor, readPublished, type Epoch } from '../epoch/epoch.js';
import { readDirectoryBefore } from '../read/directory.js';
import type { Workshop } from '../workshop.js';

/** @returns the signed note, or null where nothing is new or another publisher was first */
export async function publishEpoch(shop: Workshop): Promise<string | null> {
  const { store, clock, keys, config, directory, committer } = shop;
  const published = await readPublished(store, await store.latestCheckpoint());
  const waiting = await findEpochLeaf(store, published);
  if (waiting !== null) return finish(waiting);
  const count = await store.leafCount();
  if (count === published.size) return null;
  const known = await directory.refresh();
  const epoch = await computeEpoch(store, known, published, count - 1, keys);
  const committed = await committer.commit(epochRow(epoch, known, clock.now()));
  return committed.kind === 'committed' ? publish(epoch, committed.leaf) : null;

  /** Another publisher's leaf, or our own from before we died. */
  async function finish(leaf: StoredLeaf): Promise<string | null> {
    const said = parseEpochLeaf(leaf.data);
    if (!said.ok) throw new Failure('INVARIANT_BROKEN', `leaf ${leaf.index} is no epoch leaf: ${said.error}`);
    const then = await readDirectoryBefore(store, leaf.index);
    const again = await computeEpoch(store, then, published, said.value.upTo, keys);
    // what we cannot compute again we do not sign; another publisher's heads are newer than what we started from
    if (!isSameEpoch(again.leaf, said.value)) {
      if (((await store.latestCheckpoint())?.n ?? 0) !== published.n) return null;
      throw new Failure('INVARIANT_BROKEN', `epoch ${said.value.n} does not follow from the log`);
    }
    return publish(again, leaf);
  }

  async function publish(made: Epoch, leaf: StoredLeaf): Promise<string | null> {
    const publication = await publicationFor(store, published, made, leaf, config.origin, keys, clock.now());
    return (await store.publish(publication)) ? publication.checkpoint.note : null;
  }
}
