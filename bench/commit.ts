/** `commitBatch` on PostgreSQL: statements a second in batches of 64, beside pgbench that inserts one durable row of the same bytes. */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { systemChance } from '../adapters/chance-system.js';
import { openStore } from '../adapters/store-prisma/open-store.js';
import { createUuid } from '../client/sdk/ids.js';
import { certain } from '../domain/result.js';
import { parseAuthorityId, parseDigest, type Digest } from '../domain/ids.js';
import type { CommitRow, Store } from '../domain/ports.js';
import { postgresUrl } from '../testing/postgres.js';
import { clock } from './cast.js';
import { rowOf, secondsOf, type Row } from './row.js';

const run = promisify(execFile);

/** what bench/one-row.sql inserts, and about what a submission of 4 KiB for two readers has */
const SUBMISSION_BYTES = 13_650;
const BATCH_ROWS = 64;
const CLIENTS = 64;
const ROUND_S = 3;
const ROUNDS = 3;
const EVENT_BYTES = 700;
const EXCHANGE_BYTES = 900;
const PARTIES = ['NG-FIA', 'VG-FIX'].map((code) => certain(parseAuthorityId(code)));

export async function commitRows(say: (line: string) => void): Promise<Row[]> {
  const server = await postgresUrl();
  if (server === null || server.bin === null) {
    say('no PostgreSQL with pgbench on this machine: the row is left out');
    await server?.stop();
    return [];
  }
  const store = await openStore(server.url);
  try {
    await makeTable(server.url);
    const script = fileURLToPath(new URL('../../bench/one-row.sql', import.meta.url));
    const mine: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const [reference, own] = [await pgbench(join(server.bin, 'pgbench'), server.url, script), await commits(store)];
      if (round === 0) continue;
      theirs.push(reference);
      mine.push(own);
    }
    return [
      rowOf('commitBatch, 64 rows a batch, PostgreSQL', 'statements/s', mine, 'pgbench -n -M prepared -c 64 -f bench/one-row.sql', theirs),
    ];
  } finally {
    await store.close();
    await server.stop();
  }
}

async function makeTable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE bench_row (bytes bytea NOT NULL); ALTER TABLE bench_row ALTER COLUMN bytes SET STORAGE EXTERNAL');
  await client.end();
}

/** @returns transactions a second, as pgbench says it */
async function pgbench(program: string, url: string, script: string): Promise<number> {
  const { stdout } = await run(program, ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-T', String(ROUND_S), '-f', script, url]);
  const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
  if (tps === undefined) throw new Error('pgbench did not say its rate');
  return Number(tps);
}

/** One batch after the other, as the gateway's group commit does; the rows are made before the clock runs. */
async function commits(store: Store): Promise<number> {
  let seconds = 0;
  let done = 0;
  while (seconds < ROUND_S) {
    const rows = Array.from({ length: BATCH_ROWS }, createRow);
    seconds += await secondsOf(async () => {
      const outcomes = await store.commitBatch(rows, clock.now());
      if (outcomes.some(({ kind }) => kind !== 'committed')) throw new Error('a row of the bench conflicted');
    });
    done += rows.length;
  }
  return done / seconds;
}

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
      { key: `item:${item}`, version: 0 },
    ],
    bumps: [],
    validUntil: null,
  };
}

const freshDigest = (): Digest => certain(parseDigest(createHash('sha256').update(randomBytes(32)).digest('base64url')));
