/** Growing the log's tree and proving leaves of it, at three sizes, beside as many bare hashes as the answer holds. */
import { createHash, randomBytes } from 'node:crypto';
import { appendRun, EMPTY_FRONTIER, rootOfFrontier, type Frontier, type NodeId } from '../crypto/merkle/append.js';
import { planInclusion } from '../crypto/merkle/prove.js';
import { verifyInclusion, type Hash } from '../crypto/merkle.js';
import { compare, secondsOf, type Row, type Subject } from './row.js';

const SIZES = [1_000, 100_000, 1_000_000] as const;
const ROUNDS = 5;
const CALLS = 1_000;
const HASH_BYTES = 32;
/** of the leaf number: makes the same index look random */
const STRIDE = 7_919;

/** Every complete node, row by row: what the store holds. */
interface Forest {
  readonly frontier: Frontier;
  hash(id: NodeId): Hash;
}

export async function logRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const size of SIZES) {
    const forest = grow(size);
    const at = size.toLocaleString('en');
    rows.push(
      await compare(
        perCall(`append 64 to ${at} leaves`, () => appendRun(forest.frontier, BATCH)),
        'µs',
        hashes(BATCH.length),
        ROUNDS,
      ),
    );
    const root = rootOfFrontier(forest.frontier);
    const pathHashes = Math.ceil(Math.log2(size));
    const prove = (call: number): void => {
      const index = (call * STRIDE) % size;
      const plan = planInclusion(index, size);
      const path = plan.finish(plan.nodes.map((id) => forest.hash(id)));
      const leaf = forest.hash({ level: 0, index });
      if (!verifyInclusion(leaf, index, size, path, root)) throw new Error('a proof that does not verify');
    };
    rows.push(await compare(perCall(`prove and verify one of ${at} leaves`, prove), 'µs', hashes(pathHashes), ROUNDS));
  }
  return rows;
}

const BATCH = Array.from({ length: 64 }, () => randomBytes(HASH_BYTES));
const PAIR = randomBytes(1 + 2 * HASH_BYTES);

const perCall = (name: string, work: (call: number) => unknown): Subject => ({
  name,
  measure: async () => {
    const seconds = await secondsOf(() => {
      for (let call = 0; call < CALLS; call += 1) work(call);
    });
    return (seconds * 1e6) / CALLS;
  },
});

const hashes = (count: number): Subject =>
  perCall(`${count} × SHA-256 of 65 bytes, node:crypto`, () => {
    for (let i = 0; i < count; i += 1) createHash('sha256').update(PAIR).digest();
  });

function grow(size: number): Forest {
  const levels: Buffer[] = [];
  for (let wide = size; wide >= 1; wide = Math.floor(wide / 2)) levels.push(Buffer.alloc(wide * HASH_BYTES));
  let frontier = EMPTY_FRONTIER;
  const run = 1_000;
  for (let done = 0; done < size; done += run) {
    const grown = appendRun(
      frontier,
      Array.from({ length: run }, (_, i) => leafOf(done + i)),
    );
    frontier = grown.frontier;
    for (const { level, index, hash } of grown.nodes) levels[level]?.set(hash, index * HASH_BYTES);
  }
  return {
    frontier,
    hash: ({ level, index }) => new Uint8Array(levels[level]!.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES)),
  };
}

function leafOf(index: number): Hash {
  const hash = Buffer.alloc(HASH_BYTES);
  hash.writeUInt32BE(index);
  return hash;
}
