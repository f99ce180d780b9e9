/** Accepting over HTTP: 1, 16 and 64 statements in flight, on both databases, beside a bare Express route that reads the same bytes. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { postgresUrl } from '../testing/postgres.js';
import { createCast, enrolCast, newcomers, requestDraft, type Cast } from './cast.js';
import { startProgram, type Program } from './child.js';
import { startGateway } from './gateway-process.js';
import type { LoadJob, LoadReport } from './load.js';
import { processorUs, TELLS_PROCESSOR_TIME } from './processor.js';
import { rowOf, type Row } from './row.js';
import { openSession, type OpenedSession } from './session.js';
import type { SubmissionJob } from './submissions.js';

/** statements in flight, and how many one round sends at most */
const LOADS = [
  { inFlight: 1, count: 150 },
  { inFlight: 16, count: 500 },
  { inFlight: 64, count: 1_000 },
] as const;
const ROUND_MS_MAX = 3_000;
const ROUNDS = 3;
/** before the rounds, so that both programs are compiled hot */
const WARM_UP = 500;
const WORKERS = 2;
const REFERENCE = 'bare Express route, same bytes, same in flight';

export async function acceptRows(say: (line: string) => void): Promise<Row[]> {
  const made = await createCast();
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-load-'));
  const file = join(folder, 'submissions');
  const express = startProgram('bench/bare-express.js');
  const load = startProgram('bench/load.js');
  const rows: Row[] = [];
  try {
    const expressPort = Number(await express.line());
    const onDatabase = async (name: string, databaseUrl?: string): Promise<void> => {
      const cast = await newcomers(made);
      const gateway = await startGateway(cast, databaseUrl);
      try {
        await enrolCast(cast, gateway.url);
        if (rows.length === 0) await prepare(cast, gateway.url, file, say);
        const session = await openSession(cast.sender, gateway.url);
        const ours = { port: Number(new URL(gateway.url).port), pid: gateway.pid };
        rows.push(...(await measure(name, { load, file, session, ours, bare: { port: expressPort, pid: express.process.pid ?? 0 } })));
      } finally {
        await gateway.stop();
      }
    };
    await onDatabase('libsql');
    const postgres = await postgresUrl();
    if (postgres === null) say('no PostgreSQL on this machine: its rows are left out');
    else await onDatabase('PostgreSQL', postgres.url).finally(() => postgres.stop());
  } finally {
    await Promise.all([load.stop(), express.stop()]);
    rmSync(folder, { recursive: true, force: true });
    made.remove();
  }
  return rows;
}

interface Ground {
  readonly load: Program;
  readonly file: string;
  readonly session: OpenedSession;
  readonly ours: Served;
  readonly bare: Served;
}

interface Served {
  readonly port: number;
  readonly pid: number;
}

interface Round {
  readonly perSecond: number;
  /** microseconds of processor time of the serving process for one statement, all its threads; the database and the load not in it */
  readonly busyUs: number;
}

async function measure(database: string, { load, file, session, ours, bare }: Ground): Promise<Row[]> {
  const rows: Row[] = [];
  let first = 0;
  const drive = async (to: Served, inFlight: number, count: number): Promise<Round> => {
    const job: LoadJob = { host: '127.0.0.1', port: to.port, file, first, count, msMax: ROUND_MS_MAX, inFlight, session };
    const before = processorUs(to.pid);
    const report = JSON.parse(await load.ask(JSON.stringify(job))) as LoadReport;
    if (report.refused !== null) throw new Error(`refused under load: ${report.refused}`);
    return { perSecond: report.perSecond, busyUs: (processorUs(to.pid) - before) / report.answered };
  };
  const both = async (inFlight: number, count: number): Promise<readonly [Round, Round]> => {
    const theirs = await drive(bare, inFlight, count);
    const mine = await drive(ours, inFlight, count);
    first += count;
    return [mine, theirs];
  };
  await both(16, WARM_UP);
  for (const { inFlight, count } of LOADS) {
    const pairs: (readonly [Round, Round])[] = [];
    for (let round = 0; round < ROUNDS; round += 1) pairs.push(await both(inFlight, count));
    const row = (name: string, unit: string, of: (round: Round) => number): Row =>
      rowOf(
        `${name}, ${inFlight} in flight, ${database}`,
        unit,
        pairs.map(([mine]) => of(mine)),
        REFERENCE,
        pairs.map(([, theirs]) => of(theirs)),
      );
    rows.push(row('accept', 'statements/s', ({ perSecond }) => perSecond));
    if (TELLS_PROCESSOR_TIME && inFlight === 64) rows.push(row('its processor time', 'us/statement', ({ busyUs }) => busyUs));
  }
  return rows;
}

/** Seals and signs everything before anything is timed. */
async function prepare(cast: Cast, url: string, file: string, say: (line: string) => void): Promise<void> {
  const total = WARM_UP + ROUNDS * LOADS.reduce((sum, { count }) => sum + count, 0);
  say(`sealing and signing ${total} submissions…`);
  const names = await cast.sender.store.names('');
  const records = new Map(
    await Promise.all(names.map(async (name) => [name, (await cast.sender.store.read(name)) ?? new Uint8Array()] as const)),
  );
  const job: SubmissionJob = { url, records, draft: requestDraft(cast), count: Math.ceil(total / WORKERS) };
  const made = await Promise.all(Array.from({ length: WORKERS }, () => submissionsOf(job)));
  for (const body of made.flat()) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    appendFileSync(file, Buffer.concat([length, body]));
  }
  say(`a submission has ${made[0]?.[0]?.length ?? 0} bytes`);
}

function submissionsOf(job: SubmissionJob): Promise<readonly Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(new URL('submissions.js', import.meta.url)), { workerData: job });
    worker.once('message', resolve).once('error', reject);
  });
}
