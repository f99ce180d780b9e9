/**
 * `npm run canary`: canaries in every sealed field, file and private key of the clients, then a search of everything that the server
 * has: data folder, database files, log, and the memory of gateway and database. What the search plants itself must be found everywhere.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresUrl, type TestPostgres } from '../../testing/postgres.js';
import { crashCast } from '../crash/cast.js';
import { freePort } from '../../testing/free-port.js';
import { program, startGateway } from '../support/gateway-program.js';
import { CANARY, ENCODINGS, needlesOf, plantOf, PLANTED, type Encoding } from './encodings.js';
import { childrenOf, searchMemory } from './memory.js';
import { emptyFound, searchPath, type Found } from './search.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const TEXTUAL: readonly Encoding[] = ['raw', 'hex', 'HEX', 'base64 +0', 'base64 +1', 'base64 +2'];

interface Row {
  readonly place: string;
  readonly found: Found;
  /** what a plant in this place can be spelled as */
  readonly wanted: readonly Encoding[];
  readonly why?: string;
}

/** @returns how many secrets the client had */
async function runClient(url: string): Promise<number> {
  const client = spawn(process.execPath, [program('test/canary/client.js'), url], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  client.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => client.stdout.once('close', resolve));
  if (text === '') throw new Error('the client did not play to its end');
  return (JSON.parse(text) as { readonly secrets: number }).secrets;
}

async function canary(
  name: string,
  postgres: TestPostgres | null,
  folder: string,
): Promise<{ readonly rows: Row[]; readonly secrets: number }> {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const logFile = join(folder, 'gateway.log');
  const databaseUrl = postgres?.url ?? `file:${join(data, 'parley.db')}`;
  const gateway = await startGateway({ operator: crashCast().operator, port: await freePort(), data, databaseUrl, logFile });
  const secrets = await runClient(gateway.url);
  const at = (place: string): string => `${name}: ${place}`;
  const rows: Row[] = [memoryRow(at('memory of the gateway'), [gateway.process.pid ?? 0], folder)];
  if (postgres !== null) {
    if (postgres.pid === null)
      rows.push(missing(at('memory and files of the database'), 'the server was given: its process is not ours to read'));
    else rows.push(...databaseRows(at, postgres.pid, folder));
  }
  await gateway.stop();
  // after its end the embedded database has written its journal back
  appendFileSync(logFile, plantOf(PLANTED));
  rows.push({ place: at('data folder'), found: searchPath(data, emptyFound()), wanted: ENCODINGS });
  rows.push({ place: at('sealed bodies'), found: searchPath(join(data, 'blobs'), emptyFound()), wanted: ENCODINGS });
  if (postgres === null) rows.push({ place: at('database file'), found: searchDatabase(data), wanted: ENCODINGS });
  const log = searchPath(logFile, emptyFound());
  rows.push({ place: at('log'), found: searchPath(`${logFile}.err`, log), wanted: ENCODINGS });
  return { rows, secrets };
}

function searchDatabase(data: string): Found {
  return searchPath(join(data, 'parley.db'), emptyFound());
}

function databaseRows(at: (place: string) => string, pid: number, folder: string): Row[] {
  return [
    memoryRow(at('memory of the database'), [pid, ...childrenOf(pid)], folder),
    { place: at('files of the database'), found: searchPath(readlinkSync(`/proc/${pid}/cwd`), emptyFound()), wanted: ENCODINGS },
  ];
}

const missing = (place: string, why: string): Row => ({ place, found: emptyFound(), wanted: ENCODINGS, why });

/** What no environment can hold is planted in a file beside it: that a plant was in each process itself, the others show. */
function memoryRow(place: string, pids: readonly number[], folder: string): Row {
  const found = emptyFound();
  for (const pid of pids) {
    const own = { ...found, planted: new Set<Encoding>() };
    const before = own.bytes;
    const why = searchMemory(pid, own);
    // a backend that ended took its memory along
    if (why === null && own.bytes === before) continue;
    found.bytes = own.bytes;
    found.gzipStreams = own.gzipStreams;
    const missed = TEXTUAL.filter((encoding) => !own.planted.has(encoding));
    if (why !== null || missed.length > 0)
      return { place, found, wanted: ENCODINGS, why: why ?? `process ${pid} does not hold its plants ${missed.join(', ')}` };
    own.planted.forEach((encoding) => found.planted.add(encoding));
  }
  const beside = join(folder, 'beside-memory');
  writeFileSync(beside, plantOf(PLANTED));
  return { place, found: searchPath(beside, found), wanted: ENCODINGS };
}

function tell({ place, found, wanted, why }: Row): boolean {
  const planted = wanted.filter((encoding) => found.planted.has(encoding));
  const mib = (found.bytes / 1_048_576).toFixed(1);
  say(
    `${place}: ${mib} MiB, ${found.gzipStreams} gzip streams; found ${found.canary.size}; planted found ${planted.length} of ${wanted.length}${why === undefined ? '' : `; ${why}`}`,
  );
  for (const [encoding, path] of found.canary) say(`  ${encoding} in ${path}`);
  return found.canary.size === 0 && planted.length === wanted.length && why === undefined;
}

async function main(): Promise<boolean> {
  // servers inherit it: a core that does not hold it is not their memory
  process.env['CANARY_PLANTED'] = TEXTUAL.map((encoding) => needlesOf(PLANTED).get(encoding)!.toString()).join(' ');
  const folder = mkdtempSync(join(tmpdir(), 'parley-canary-'));
  const postgres = await postgresUrl();
  try {
    const runs = [await canary('libsql', null, join(folder, 'libsql'))];
    if (postgres === null) say('PostgreSQL: neither installed nor given by PARLEY_TEST_POSTGRES_URL: NOT searched');
    else runs.push(await canary('PostgreSQL', postgres, join(folder, 'postgresql')));
    const rows = runs.flatMap((run) => run.rows);
    const good = rows.map(tell).every(Boolean);
    const found = rows.reduce((sum, row) => sum + row.found.canary.size, 0);
    say(
      `${runs.reduce((sum, run) => sum + run.secrets, 0)} secrets beginning ${CANARY}; ${rows.length} places, ${ENCODINGS.length} encodings (${ENCODINGS.join(', ')}): ${found} found`,
    );
    return good && postgres !== null;
  } finally {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exit((await main()) ? 0 : 1);
