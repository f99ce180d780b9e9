/** What published epochs bound: their leaves in the tree of a checkpoint, and their maps, made again from what was kept of them. */
import { encodeBase64url } from '../../crypto/base64url.js';
import { parseEpochLeaf, type EpochLeaf } from '../../crypto/epoch-leaf.js';
import type { EpochMap } from '../../crypto/epoch-map.js';
import { isSameHash } from '../../crypto/merkle.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { planInclusion } from '../../crypto/merkle/prove.js';
import { Failure } from '../../domain/failure.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { SlotRow, Store } from '../../domain/ports.js';
import type { EpochLeafAnswer } from '../../domain/wire/streams.js';
import { mapOf } from '../epoch/epoch.js';

/** A map is asked for several times in a row: by an authority for its slots, by senders for an addressee's. */
const MAPS_KEPT = 16;

export interface EpochRead {
  readonly leaf: EpochLeaf;
  /** where the epoch leaf stands in the log */
  readonly index: number;
  readonly data: Uint8Array;
}

export interface MapRead {
  readonly map: EpochMap;
  readonly rows: ReadonlyMap<AuthorityId, SlotRow>;
}

export interface Epochs {
  /** The epoch that the checkpoint of this size ends with; null where no checkpoint has this size. */
  ofSize(size: number): Promise<EpochRead | null>;
  /** @throws Failure where a published epoch is missing */
  at(n: number): Promise<EpochRead>;
  /** null: nothing is kept of an epoch as old as this (published by an older version of this program) */
  mapAt(epoch: EpochRead): Promise<MapRead | null>;
  /** The epoch leaf with its path in the tree of the first `size` leaves. */
  proven(epoch: EpochRead, size: number): Promise<EpochLeafAnswer>;
}

/** @param secret the gateway's: salts of the maps follow from it */
export function createEpochs(store: Store, secret: Uint8Array): Epochs {
  const maps = new Map<number, Promise<MapRead | null>>();

  const readLeaf = async (index: number): Promise<EpochRead | null> => {
    const stored = await store.leaf(index);
    const leaf = stored === null ? null : parseEpochLeaf(stored.data);
    return leaf?.ok ? { leaf: leaf.value, index, data: stored!.data } : null;
  };
  const readMap = async ({ leaf }: EpochRead): Promise<MapRead | null> => {
    const rows = await store.slots(leaf.n);
    const map = mapOf(rows, leaf.n, secret);
    if (map.slots !== leaf.slots || !isSameHash(map.root, leaf.mapRoot)) {
      if (rows.length === 0) return null;
      throw new Failure('INVARIANT_BROKEN', `what is kept of epoch ${leaf.n} is not what was published`);
    }
    return { map, rows: new Map(rows.map((row) => [row.authority, row])) };
  };
  const at = async (n: number): Promise<EpochRead> => {
    const checkpoint = await store.checkpointAt(n);
    const epoch = checkpoint === null ? null : await readLeaf(checkpoint.size - 1);
    if (epoch === null) throw new Failure('INVARIANT_BROKEN', `epoch ${n} was published and is not there`);
    return epoch;
  };
  return {
    at,
    async ofSize(size) {
      const epoch = size === 0 ? null : await readLeaf(size - 1);
      // an epoch leaf whose checkpoint is not signed yet proves nothing
      return epoch !== null && (await store.checkpointAt(epoch.leaf.n))?.size === size ? epoch : null;
    },
    mapAt(epoch) {
      const known = maps.get(epoch.leaf.n) ?? readMap(epoch);
      maps.delete(epoch.leaf.n);
      maps.set(epoch.leaf.n, known);
      known.catch(() => maps.delete(epoch.leaf.n));
      for (const oldest of maps.keys()) if (maps.size > MAPS_KEPT) maps.delete(oldest);
      return known;
    },
    async proven({ leaf, index, data }, size) {
      const plan = planInclusion(index, size);
      const hashes = await store.nodes(plan.nodes);
      if (hashes.some((hash) => hash === null)) throw new Failure('INVARIANT_BROKEN', `the tree of ${size} leaves is not whole`);
      const path = plan.finish(hashes.filter((hash) => hash !== null));
      return { n: leaf.n, index, data: encodeBase64url(data), path: path.map(encodeDigest) };
    },
  };
}
