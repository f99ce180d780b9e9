/** PostgreSQL by its own tools: `pg_dump` sees the very snapshot that our queries see, `pg_restore` writes all or nothing. */
import { spawn } from 'node:child_process';
import pg from 'pg';
import type { Snapshot } from '../../../domain/backup.js';
import { Failure } from '../../../domain/failure.js';
import type { RawRow } from '../rows.js';
import { readSnapshot, type Query } from './read.js';

const COMPLAINT_CHARS_MAX = 400;

export type Environment = Readonly<Record<string, string | undefined>>;

/** @param file where the dump goes, in pg_dump's custom format */
export async function snapshotOfServer(url: string, file: string, env: Environment): Promise<Snapshot> {
  const [held, live] = [await connect(url), await connect(url)];
  const close = async (): Promise<void> => {
    await Promise.all([held.end(), live.end()]);
  };
  try {
    await held.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await held.query<{ id: string }>('SELECT pg_export_snapshot() AS id');
    const how = ['--format=custom', '--no-owner', '--no-privileges', '--exclude-table-data=session'];
    await run('pg_dump', [...how, `--snapshot=${rows[0]!.id}`, `--file=${file}`], url, env);
    return await readSnapshot({ database: 'postgresql', query: queryOn(held), live: queryOn(live), close });
  } catch (error) {
    await close();
    throw error;
  }
}

/** The database as it is, to be checked after a restore. */
export async function readServerSnapshot(url: string): Promise<Snapshot> {
  const live = await connect(url);
  const query = queryOn(live);
  return readSnapshot({ database: 'postgresql', query, live: query, close: () => live.end() });
}

/** @throws Failure `CONFIG_INVALID` where the database holds anything */
export async function loadIntoServer(url: string, file: string, env: Environment): Promise<void> {
  if ((await relationsOf(url)) > 0) throw new Failure('CONFIG_INVALID', 'the database is not empty: restore into a new one');
  await run('pg_restore', ['--no-owner', '--no-privileges', '--single-transaction', '--exit-on-error', file], url, env);
}

/** Empties a database that was empty before: what did not verify is not left for a gateway to find. */
export async function emptyServer(url: string): Promise<void> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = current_schema()",
    );
    for (const { name } of rows) await client.query(`DROP TABLE ${name} CASCADE`);
    const { rows: routines } = await client.query<{ name: string }>(
      'SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = current_schema()',
    );
    for (const { name } of routines) await client.query(`DROP ROUTINE ${name}`);
  } finally {
    await client.end();
  }
}

async function relationsOf(url: string): Promise<number> {
  const client = await connect(url);
  try {
    const { rows } = await client.query('SELECT 1 FROM pg_tables WHERE schemaname = current_schema()');
    return rows.length;
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // a connection that breaks reports itself at the next query
  client.on('error', () => undefined);
  return client;
}

const queryOn =
  (client: pg.Client): Query =>
  async (text, values = []) =>
    (await client.query<RawRow>({ text, values: [...values] })).rows;

/**
 * @param env of this process: where the tools lie
 * @throws Failure `CONFIG_INVALID` where they do not
 */
function run(program: string, args: readonly string[], url: string, env: Environment): Promise<void> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  // by the environment, because arguments are seen by every process
  address.password = '';
  const child = spawn(program, [...args, `--dbname=${address.href}`], {
    env: { ...env, ...(password === '' ? {} : { PGPASSWORD: password }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-COMPLAINT_CHARS_MAX)));
  return new Promise((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new Failure('CONFIG_INVALID', `${program} does not run here: PostgreSQL is copied by its own client tools`, { cause })),
    );
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Failure('STORE_UNAVAILABLE', `${program} ended with ${code ?? 'a signal'}: ${complaint.trim()}`)),
    );
  });
}
