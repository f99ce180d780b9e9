/**
 * The log at a thousand, a million and ten million leaves, in the embedded database: growing it, proving one leaf, verifying that, each
 * beside the same at a thousand; and what a publisher costs a message that is under way.
 */
import { verifyInclusion, type Hash } from '../crypto/merkle.js';
import { connect, createCast, enrolCast, newcomers, requestDraft, type Cast } from './cast.js';
import { startGateway } from './gateway-process.js';
import { leafOf, openGrownLog, type GrownLog } from './grown-log.js';
import { compare, secondsOf, type Row, type Subject } from './row.js';

const SMALL = 1_000;
const SIZES = [1_000_000, 10_000_000] as const;
const ROUNDS = 5;
const APPENDS = 10;
const PROOFS = 200;
const SENDS = 20;
/** what a commit brings at most */
const RUN = 64;
/** of the leaf number: makes the same index look random */
const STRIDE = 7_919;
const RSS_MIB_MAX = 200;
const MIB = 1024 * 1024;

export async function logRows(say: (line: string) => void): Promise<Row[]> {
  const small = await openGrownLog();
  const large = await openGrownLog();
  // grows while it is measured, so that proofs have a log of their own to be held against
  const growing = await openGrownLog();
  const rows: Row[] = [];
  try {
    await small.grow(SMALL);
    await growing.grow(SMALL);
    for (const size of SIZES) {
      const idle = process.memoryUsage.rss();
      const seconds = await secondsOf(() => large.grow(size));
      say(`${size.toLocaleString('en')} leaves after ${Math.round(seconds)} s`);
      rows.push(memoryRow(size, (process.memoryUsage.rss() - idle) / MIB));
      rows.push(await compare(proving(large), 'µs', proving(small), ROUNDS));
      rows.push(await compare(await verifying(large), 'µs', await verifying(small), ROUNDS));
      rows.push(await compare(appending(large), 'µs', appending(growing), ROUNDS));
    }
  } finally {
    await Promise.all([small.close(), large.close(), growing.close()]);
  }
  return [...rows, await publisherRow()];
}

const at = ({ size }: GrownLog): string => `at ${size.toLocaleString('en')} leaves`;
const microseconds = async (calls: number, work: (call: number) => unknown): Promise<number> =>
  ((await secondsOf(async () => {
    for (let call = 0; call < calls; call += 1) await work(call);
  })) *
    1e6) /
  calls;

const appending = (log: GrownLog): Subject => ({
  name: `append and publish ${RUN}, ${at(log)}`,
  measure: () => microseconds(APPENDS, () => log.grow(log.size + RUN)),
});

const proving = (log: GrownLog): Subject => ({
  name: `prove one, ${at(log)}`,
  measure: () => microseconds(PROOFS, (call) => log.prove((call * STRIDE) % log.size)),
});

/** Of proofs that were made before: the client's side. */
async function verifying(log: GrownLog): Promise<Subject> {
  const { size, root } = log;
  const indexes = Array.from({ length: PROOFS }, (_, call) => (call * STRIDE) % size);
  const paths: Hash[][] = [];
  for (const index of indexes) paths.push(await log.prove(index));
  const leaves = indexes.map(leafOf);
  const verify = (call: number): void => {
    if (!verifyInclusion(leaves[call]!, indexes[call]!, size, paths[call]!, root)) throw new Error('a proof that does not verify');
  };
  return { name: `verify one, ${at(log)}`, measure: () => microseconds(PROOFS, verify) };
}

const memoryRow = (size: number, mib: number): Row => ({
  name: `growing to ${size.toLocaleString('en')} leaves`,
  median: mib,
  unit: 'MiB over idle',
  reference: 'the bound (one run)',
  referenceMedian: RSS_MIB_MAX,
  ratio: mib / RSS_MIB_MAX,
});

/** Two gateways, sent to in turns: one makes a checkpoint every 100 ms, the other every 10 s, since a sender seals to nothing without one. */
async function publisherRow(): Promise<Row> {
  const cast = await createCast();
  const busy = await startGateway(cast, undefined, { PARLEY_CHECKPOINT_MS: '100' });
  const calm = await startGateway(cast, undefined, { PARLEY_CHECKPOINT_MS: '10000' });
  try {
    return await compare(await sending(cast, busy.url, 'every 100 ms'), 'ms', await sending(cast, calm.url, 'every 10 s'), ROUNDS);
  } finally {
    await Promise.all([busy.stop(), calm.stop()]);
    cast.remove();
  }
}

async function sending(made: Cast, url: string, often: string): Promise<Subject> {
  const cast = await newcomers(made);
  await enrolCast(cast, url);
  const sender = await connect(url, cast.sender.store);
  const draft = requestDraft(cast);
  return {
    name: `send one, a checkpoint ${often}`,
    measure: async () => (await microseconds(SENDS, () => sender.send(draft))) / 1000,
  };
}
