/** A log's tree in the embedded database, grown as the publisher grows it, with leaves that nobody sent. Holds no more of it than its border. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../adapters/store-prisma/open-store.js';
import { leafHash, type Hash } from '../crypto/merkle.js';
import { appendRun, EMPTY_FRONTIER, rootOfFrontier } from '../crypto/merkle/append.js';
import { planInclusion } from '../crypto/merkle/prove.js';
import { instantFromMs } from '../domain/time.js';

export interface GrownLog {
  readonly size: number;
  readonly root: Hash;
  /** Appends and publishes, `run` leaves a checkpoint. */
  grow(to: number, run?: number): Promise<void>;
  /** The path of a leaf, as `/v1/log/proof` makes it: planned, read in one round trip, finished. */
  prove(index: number): Promise<Hash[]>;
  close(): Promise<void>;
}

const RUN = 8_192;

export function leafOf(index: number): Hash {
  const data = Buffer.alloc(32);
  data.writeBigUInt64BE(BigInt(index));
  return leafHash(data);
}

export async function openGrownLog(): Promise<GrownLog> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-log-'));
  const store = await openStore(`file:${join(folder, 'log.db')}`);
  let frontier = EMPTY_FRONTIER;
  let n = 0;
  return {
    get size() {
      return frontier.size;
    },
    get root() {
      return rootOfFrontier(frontier);
    },
    async grow(to, run = RUN) {
      while (frontier.size < to) {
        const from = frontier.size;
        const grown = appendRun(
          frontier,
          Array.from({ length: Math.min(run, to - from) }, (_, i) => leafOf(from + i)),
        );
        const checkpoint = { n: n + 1, size: grown.frontier.size, note: '', at: instantFromMs(n) };
        if (!(await store.publish({ nodes: grown.nodes, streams: [], slots: [], entries: [], checkpoint })))
          throw new Error('not published');
        frontier = grown.frontier;
        n += 1;
      }
    },
    async prove(index) {
      const plan = planInclusion(index, frontier.size);
      const hashes = await store.nodes(plan.nodes);
      return plan.finish(hashes.filter((hash) => hash !== null));
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
