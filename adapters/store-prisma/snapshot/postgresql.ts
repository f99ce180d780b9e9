/** PostgreSQL by its own tools: `pg_dump` sees the very snapshot that our queries see, `pg_restore` writes all or nothing. */
import { spawn } from 'node:child_process';
import pg from 'pg';
import type { Snapshot } from '../../../domain/backup.js';
import { Failure } from '../../../domain/failure.js';
import { notOpened } from '../not-opened.js';
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
    const how = ['--format=custom', '--no-owner', '--no-privileges', '--exclude-table-data=session', '--exclude-table-data=body_folder'];
    await run('pg_dump', [...how, `--snapshot=${rows[0]!.id}`, `--file=${file}`], url, env);
    return await readSnapshot({ database: 'postgresql', query: queryOn(held), live: queryOn(live), close });
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The dump's content, all or nothing.
 * @returns the database as it is then, to be checked
 * @throws whatever went wrong; then it holds nothing. AggregateError: it could not be emptied
 */
export async function loadIntoServer(url: string, file: string, env: Environment): Promise<Snapshot> {
  await assertServerEmpty(url);
  await run('pg_restore', ['--no-owner', '--no-privileges', '--single-transaction', '--exit-on-error', file], url, env);
  try {
    const live = await connect(url);
    const query = queryOn(live);
    const close = (): Promise<void> => live.end();
    return await readSnapshot({ database: 'postgresql', query, live: query, close }).catch(async (error: unknown) => {
      await close();
      throw error;
    });
  } catch (error) {
    await emptyServer(url).catch((trouble: unknown) => {
      throw new AggregateError([error, trouble], 'what did not verify is still there');
    });
    throw error;
  }
}

/** @throws Failure `CONFIG_INVALID` where the database holds anything */
export async function assertServerEmpty(url: string): Promise<void> {
  const there = await onServer(url, objectsOf);
  if (there.length > 0) throw new Failure('CONFIG_INVALID', 'the database is not empty: restore into a new one');
}

/**
 * Empties a database that was empty before, at once or not at all: what did not verify is not left for a gateway to find.
 * @throws Failure `STORE_UNAVAILABLE` where it could not: then it is not to be served
 */
export async function emptyServer(url: string): Promise<void> {
  try {
    await onServer(url, async (client) => {
      await client.query('BEGIN');
      // what hangs on another has gone with it
      for (const { kind, name } of await objectsOf(client)) await client.query(`DROP ${kind} IF EXISTS ${name} CASCADE`);
      await client.query('COMMIT');
    });
  } catch (cause) {
    throw new Failure(
      'STORE_UNAVAILABLE',
      'what did not verify could not be removed from the database: drop it, and restore into a new one',
      {
        cause,
      },
    );
  }
}

/** Tables first; not what an extension brought, which nobody can drop alone. */
const OBJECTS = `
  SELECT kind, name FROM (
    SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
      WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END AS kind,
      oid::regclass::text AS name, oid, 'pg_class'::regclass AS catalog, CASE WHEN relkind IN ('r', 'p') THEN 0 ELSE 1 END AS turn
      FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c')
    UNION ALL SELECT 'TYPE', oid::regtype::text, oid, 'pg_type'::regclass, 2
      FROM pg_type WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'd', 'r')
    UNION ALL SELECT 'ROUTINE', oid::regprocedure::text, oid, 'pg_proc'::regclass, 3
      FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
  ) one
  WHERE NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = catalog AND objid = one.oid AND deptype = 'e')
  ORDER BY turn`;

const objectsOf = async (client: pg.Client): Promise<readonly { readonly kind: string; readonly name: string }[]> =>
  (await client.query<{ kind: string; name: string }>(OBJECTS)).rows;

async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect().catch((error: unknown) => Promise.reject(notOpened(error)));
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
