/** Checkpoints, streams and tree nodes in memory. */
import type { Publication, PublishedCheckpoint, Store, StreamHead } from '../../domain/ports.js';

type Published = Pick<Store, 'latestCheckpoint' | 'checkpointAt' | 'streams' | 'streamEntries' | 'nodes' | 'publish'>;

export function memoryPublication(): Published {
  const checkpoints: PublishedCheckpoint[] = [];
  const entries: Publication['entries'][number][] = [];
  const nodes = new Map<string, Uint8Array>();
  let streams: readonly StreamHead[] = [];
  return {
    latestCheckpoint: () => Promise.resolve(checkpoints.at(-1) ?? null),
    checkpointAt: (n) => Promise.resolve(checkpoints[n - 1] ?? null),
    streams: () => Promise.resolve(streams),
    streamEntries(authority, from, limit) {
      const own = entries.filter((entry) => entry.authority === authority && entry.index >= from).slice(0, limit);
      return Promise.resolve(own.map(({ index, viewHash }) => ({ index, viewHash })));
    },
    nodes: (wanted) => Promise.resolve(wanted.map(({ level, index }) => nodes.get(`${level}/${index}`) ?? null)),
    publish(publication) {
      if (publication.checkpoint.n !== checkpoints.length + 1) return Promise.resolve(false);
      checkpoints.push(publication.checkpoint);
      entries.push(...publication.entries);
      for (const { level, index, hash } of publication.nodes) nodes.set(`${level}/${index}`, hash);
      streams = [...publication.streams].sort((a, b) => a.slot - b.slot);
      return Promise.resolve(true);
    },
  };
}
