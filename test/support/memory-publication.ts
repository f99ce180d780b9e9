/** Checkpoints, streams and tree nodes in memory. */
import type { Publication, PublishedCheckpoint, SlotRow, Store, StreamHead } from '../../domain/ports.js';

type Published = Pick<Store, 'latestCheckpoint' | 'checkpointAt' | 'streams' | 'slots' | 'streamEntries' | 'nodes' | 'publish'>;

export function memoryPublication(): Published {
  const checkpoints: PublishedCheckpoint[] = [];
  const entries: (Publication['entries'][number] & { readonly n: number })[] = [];
  const slots: SlotRow[] = [];
  const nodes = new Map<string, Uint8Array>();
  let streams: readonly StreamHead[] = [];
  return {
    latestCheckpoint: () => Promise.resolve(checkpoints.at(-1) ?? null),
    checkpointAt: (n) => Promise.resolve(checkpoints[n - 1] ?? null),
    streams: () => Promise.resolve(streams),
    slots: (n) =>
      Promise.resolve(
        [...new Map(slots.filter((row) => row.n <= n).map((row) => [row.slot, row])).values()].sort((a, b) => a.slot - b.slot),
      ),
    streamEntries(authority, from, limit) {
      const own = entries.filter((entry) => entry.authority === authority && entry.index >= from).slice(0, limit);
      return Promise.resolve(own.map(({ index, viewHash, n }) => ({ index, viewHash, n })));
    },
    nodes: (wanted) => Promise.resolve(wanted.map(({ level, index }) => nodes.get(`${level}/${index}`) ?? null)),
    publish(publication) {
      if (publication.checkpoint.n !== checkpoints.length + 1) return Promise.resolve(false);
      checkpoints.push(publication.checkpoint);
      entries.push(...publication.entries.map((entry) => ({ ...entry, n: publication.checkpoint.n })));
      slots.push(...publication.slots);
      for (const { level, index, hash } of publication.nodes) nodes.set(`${level}/${index}`, hash);
      streams = [...publication.streams].sort((a, b) => a.slot - b.slot);
      return Promise.resolve(true);
    },
  };
}
