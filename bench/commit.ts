/**
 * `commitBatch` on PostgreSQL: statements a second in batches of 64, beside pgbench that inserts one durable row of the same bytes. So that both
 * can be told apart from how they are driven: what either takes of the processors, and the same bytes alone, driven as the batches are.
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { systemChance } from '../adapters/chance-system.js';
import { openStore } from '../adapters/store-prisma/open-store.js';
import { itemKey } from '../domain/guard-keys.js';
import { createUuid } from '../domain/uuid.js';
import { certain } from '../domain/result.js';
import { parseAuthorityId, parseDigest, type Digest } from '../domain/ids.js';
import type { CommitRow, Store } from '../domain/ports.js';
import { postgresUrl } from '../testing/postgres.js';
import { clock } from './cast.js';
import { familyUs, TELLS_PROCESSOR_TIME } from './processor.js';
import { rowOf, secondsOf, type Row } from './row.js';

const run = promisify(execFile);

/** what bench/one-row.sql inserts, and about what a submission of 4 KiB for two readers has */
const SUBMISSION_BYTES = 13_650;
const BATCH_ROWS = 64;
const CLIENTS = 64;
const REFERENCE = 'pgbench -n -M prepared -c 64 -f bench/one-row.sql';
const ROUND_S = 3;
const ROUNDS = 3;
const EVENT_BYTES = 700;
const EXCHANGE_BYTES = 900;
const PARTIES = ['NG-FIA', 'VG-FIX'].map((code) => certain(parseAuthorityId(code)));

interface Round {
  readonly perSecond: number;
  /** microseconds of processor time of all processes of the server for one row; the client not in it */
  readonly busyUs: number;
}

export async function commitRows(say: (line: string) => void): Promise<Row[]> {
  const server = await postgresUrl();
  if (server === null || server.bin === null) {
    say('no PostgreSQL with pgbench on this machine: the row is left out');
    await server?.stop();
    return [];
  }
  const { url, pid, bin } = server;
  const store = await openStore(url);
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    if (pid !== null) await noVacuum(client);
    await client.query('CREATE TABLE bench_row (bytes bytea NOT NULL); ALTER TABLE bench_row ALTER COLUMN bytes SET STORAGE EXTERNAL');
    const measures = [
      () => pgbench(join(bin, 'pgbench'), url, pid),
      () => batches(committed(store), pid),
      () => batches(bytesAlone(client), pid),
    ];
    const rounds: Round[][] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const measured: Round[] = [];
      for (const measure of measures) measured.push(await measure());
      if (round > 0) rounds.push(measured);
    }
    return rowsOf(rounds, pid !== null && TELLS_PROCESSOR_TIME);
  } finally {
    await store.close();
    await client.end();
    await server.stop();
  }
}

/** What it clears up behind one would be counted to whichever runs then. Of a server that was given nothing is changed. */
async function noVacuum(client: pg.Client): Promise<void> {
  await client.query('ALTER SYSTEM SET autovacuum = off');
  await client.query('SELECT pg_reload_conf()');
}

/** @param rounds of each the reference, the commits, the bytes alone */
function rowsOf(rounds: readonly (readonly Round[])[], busy: boolean): Row[] {
  const column = (at: number, of: (round: Round) => number): number[] => rounds.map((round) => of(round[at]!));
  const row = (name: string, unit: string, at: number, of: (round: Round) => number): Row =>
    rowOf(name, unit, column(at, of), REFERENCE, column(0, of));
  const rate = ({ perSecond }: Round): number => perSecond;
  const time = ({ busyUs }: Round): number => busyUs;
  return [
    row('commitBatch, 64 rows a batch, PostgreSQL', 'statements/s', 1, rate),
    ...(busy ? [row('its processor time, of the database', 'us/statement', 1, time)] : []),
    row('the bytes alone, 64 rows a batch', 'rows/s', 2, rate),
    ...(busy ? [row('their processor time, of the database', 'us/row', 2, time)] : []),
  ];
}

async function pgbench(program: string, url: string, pid: number | null): Promise<Round> {
  const script = fileURLToPath(new URL('../../bench/one-row.sql', import.meta.url));
  const before = busyOf(pid);
  const { stdout } = await run(program, ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-T', String(ROUND_S), '-f', script, url]);
  const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
  const done = /^number of transactions actually processed: (\d+)/m.exec(stdout)?.[1];
  if (tps === undefined || done === undefined) throw new Error('pgbench did not say its rate');
  return { perSecond: Number(tps), busyUs: (busyOf(pid) - before) / Number(done) };
}

const busyOf = (pid: number | null): number => (pid === null ? 0 : familyUs(pid));

/** One batch after the other, as the gateway's group commit does. */
async function batches(next: () => () => Promise<void>, pid: number | null): Promise<Round> {
  const before = busyOf(pid);
  let seconds = 0;
  let done = 0;
  while (seconds < ROUND_S) {
    seconds += await secondsOf(next());
    done += BATCH_ROWS;
  }
  return { perSecond: done / seconds, busyUs: (busyOf(pid) - before) / done };
}

/** The rows are made before the clock runs. */
const committed = (store: Store) => () => {
  const rows = Array.from({ length: BATCH_ROWS }, createRow);
  return async () => {
    const outcomes = await store.commitBatch(rows, clock.now());
    if (outcomes.some(({ kind }) => kind !== 'committed')) throw new Error('a row of the bench conflicted');
  };
};

/** Nothing judged, no link, no leaf: as many bytes in the reference's table. All that is not bytes is said in the text, so that one plan serves for ever. */
const bytesAlone = (client: pg.Client) => () => {
  const values = [randomBytes(BATCH_ROWS * SUBMISSION_BYTES)];
  const text = `INSERT INTO bench_row SELECT substring($1::bytea, 1 + n * ${SUBMISSION_BYTES}, ${SUBMISSION_BYTES}) FROM generate_series(0, ${BATCH_ROWS - 1}) AS n`;
  return async () => void (await client.query({ name: 'bytes-alone', text, values }));
};

/** As an opening envelope with one item is written: six links, an exchange, a delivery, one leaf with two views. */
function createRow(): CommitRow {
  const now = clock.now();
  const [digest, item, ciphertext] = [freshDigest(), freshDigest(), freshDigest()];
  const exchange = createUuid(systemChance);
  const [from, to] = PARTIES as [(typeof PARTIES)[number], (typeof PARTIES)[number]];
  return {
    statement: {
      digest,
      typ: 'parley-envelope+json',
      author: from,
      id: createUuid(systemChance),
      exchange,
      at: now,
      raw: randomBytes(SUBMISSION_BYTES),
    },
    links: [
      { kind: 'exchange', key: exchange },
      { kind: 'party', key: from },
      { kind: 'party', key: to },
      { kind: 'item', key: item },
      { kind: 'ciphertext', key: ciphertext },
      { kind: 'held', key: item },
    ],
    leaf: {
      data: randomBytes(32),
      views: PARTIES.map((view) => ({ view, salt: randomBytes(32), event: randomBytes(EVENT_BYTES) })),
      statement: digest,
      stage: 'accepted',
      outcome: 'ALLOW',
      at: now,
      version: 1,
      mailbox: null,
    },
    exchange: { id: exchange, version: 1, body: randomBytes(EXCHANGE_BYTES) },
    outbox: [{ key: `${digest} ${to}`, kind: 'deliver', statement: digest, exchange, addressee: to, due: now }],
    settles: null,
    expects: [
      { key: 'directory', version: 0 },
      { key: itemKey(item), version: 0 },
    ],
    bumps: [],
    validUntil: null,
  };
}

const freshDigest = (): Digest => certain(parseDigest(createHash('sha256').update(randomBytes(32)).digest('base64url')));
