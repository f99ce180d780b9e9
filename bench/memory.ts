/** Peak memory of client and gateway while an attachment of 1 GB goes up and comes down: resident bytes above idle, from the kernel. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createCast, enrolCast, type Cast, type Member } from './cast.js';
import { startProgram, type Program } from './child.js';
import { startGateway } from './gateway-process.js';
import type { AttachmentJob, AttachmentReport } from './attachment.js';
import type { Row } from './row.js';

const BYTES = 1_000_000_000;
/** above what goes inline, below one part: warms the code and fills no buffer */
const SMALL_BYTES = 2_000_000;
const MIB = 1024 * 1024;
const BOUND_MIB = 150;

export async function memoryRows(say: (line: string) => void): Promise<Row[]> {
  if (process.platform !== 'linux') {
    say('memory is read from /proc: its rows are left out here');
    return [];
  }
  const cast = await createCast();
  const gateway = await startGateway(cast);
  const client = startProgram('bench/attachment.js');
  try {
    await enrolCast(cast, gateway.url);
    const sender = await recordsOf(cast.sender);
    const recipient = await recordsOf(cast.recipient);
    const up = (bytes: number): AttachmentJob => ({ url: gateway.url, records: sender, to: addresseeOf(cast), bytes });
    const down = (sent: AttachmentReport): AttachmentJob => ({ url: gateway.url, records: recipient, open: sent });
    // once through, small: what is loaded and compiled afterwards is not the attachment’s doing
    const small = await ask(client, up(SMALL_BYTES));
    await ask(client, down(small));
    const rows: Row[] = [];
    let sent = small;
    for (const direction of ['up', 'down'] as const) {
      const watched = [client.process.pid ?? 0, gateway.pid].map(watchPeak);
      if (direction === 'up') sent = await ask(client, up(BYTES));
      else await ask(client, down(sent));
      const [mine, theirs] = watched.map((peak) => peak());
      rows.push(row(`1 GB attachment ${direction}, client`, mine ?? 0), row(`1 GB attachment ${direction}, gateway`, theirs ?? 0));
    }
    return rows;
  } finally {
    await client.stop();
    await gateway.stop();
    cast.remove();
  }
}

const row = (name: string, peakMib: number): Row => ({
  name,
  median: peakMib,
  unit: 'MiB over idle',
  reference: 'the bound (one run)',
  referenceMedian: BOUND_MIB,
  ratio: peakMib / BOUND_MIB,
});

const ask = async (client: Program, job: AttachmentJob): Promise<AttachmentReport> =>
  JSON.parse(await client.ask(JSON.stringify(job))) as AttachmentReport;

const addresseeOf = ({ recipient }: Cast): string => recipient.identity.authority;

async function recordsOf({ store }: Member): Promise<AttachmentJob['records']> {
  const names = await store.names('');
  return Promise.all(names.map(async (name) => [name, Buffer.from((await store.read(name)) ?? []).toString('base64')] as const));
}

/** @returns what to call afterwards: MiB of the peak above what is resident now */
function watchPeak(pid: number): () => number {
  const read = (field: string): number =>
    (Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024) / MIB;
  const idle = read('VmRSS');
  // 5: the kernel forgets the peak so far
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return () => read('VmHWM') - idle;
}
