/**
 * Which checkpoint is shown to the world: the newest that the policy's quorum has cosigned, with every cosignature so far. Without a
 * policy the newest one that was published, which nobody vouches for but us.
 */
import type { WitnessPolicy } from '../../crypto/witness-policy.js';
import type { PublishedCheckpoint, Store } from '../../domain/ports.js';
import type { Witnessing } from '../../domain/wire/witnessing.js';

export interface ServedCheckpoints {
  /** @returns null where none is published, or none has enough witnesses yet */
  newest(): Promise<PublishedCheckpoint | null>;
  /** checkpoint `n` with what was cosigned so far, enough or not */
  at(n: number): Promise<PublishedCheckpoint | null>;
  /** what `/v1/log` says about witnesses; null: no policy, unwitnessed */
  witnessing(): Promise<Witnessing | null>;
}

type Stored = Pick<Store, 'latestCheckpoint' | 'checkpointAt' | 'cosignatures' | 'newestCosigned'>;

export function createServed(store: Stored, policy: WitnessPolicy | null): ServedCheckpoints {
  const keys = policy?.witnesses.map(({ verifierKey }) => verifierKey) ?? [];
  const bare = (): Promise<PublishedCheckpoint | null> =>
    policy === null ? store.latestCheckpoint() : store.newestCosigned(keys, policy.quorum);
  const signed = async (checkpoint: PublishedCheckpoint | null): Promise<PublishedCheckpoint | null> => {
    if (checkpoint === null || policy === null) return checkpoint;
    const lines = await store.cosignatures(checkpoint.n);
    return { ...checkpoint, note: checkpoint.note + lines.map(({ line }) => line).join('') };
  };
  return {
    newest: async () => signed(await bare()),
    at: async (n) => signed(await store.checkpointAt(n)),
    async witnessing() {
      if (policy === null) return null;
      const newest = await bare();
      const by = new Set(newest === null ? [] : (await store.cosignatures(newest.n)).map(({ witness }) => witness));
      return {
        quorum: policy.quorum,
        witnesses: policy.witnesses.map(({ name, verifierKey }) => ({ name, verifierKey, signed: by.has(verifierKey) })),
        size: newest?.size ?? 0,
      };
    },
  };
}
