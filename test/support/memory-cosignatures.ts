/** What witnesses signed, in memory. */
import type { Store } from '../../domain/ports.js';

type Cosigned = Pick<Store, 'addCosignatures' | 'cosignatures' | 'newestCosigned'>;

export function memoryCosignatures({ latestCheckpoint, checkpointAt }: Pick<Store, 'latestCheckpoint' | 'checkpointAt'>): Cosigned {
  const kept = new Map<number, Map<string, string>>();
  return {
    addCosignatures(n, added) {
      const lines = kept.get(n) ?? new Map<string, string>();
      for (const { witness, line } of added) if (!lines.has(witness)) lines.set(witness, line);
      kept.set(n, lines);
      return Promise.resolve();
    },
    cosignatures: (n) =>
      Promise.resolve(
        [...(kept.get(n) ?? [])].map(([witness, line]) => ({ witness, line })).sort((a, b) => (a.witness < b.witness ? -1 : 1)),
      ),
    async newestCosigned(witnesses, quorum) {
      for (let n = (await latestCheckpoint())?.n ?? 0; n > 0; n -= 1)
        if (witnesses.filter((witness) => kept.get(n)?.has(witness)).length >= quorum) return checkpointAt(n);
      return null;
    },
  };
}
