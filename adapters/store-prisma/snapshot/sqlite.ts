/** A copy of the embedded database, made by the database itself while the gateway's own process writes on. */
import { open as openFile, rename, rm } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { type Client, createClient } from '@libsql/client';
import type { Snapshot } from '../../../domain/backup.js';
import { notOpened } from '../not-opened.js';
import { readSnapshot, type Query } from './read.js';

/** Keys of sessions are good for a quarter of an hour: they have no place in an archive. Where it is restored its bodies lie in another folder. */
const LEFT_OUT = ['session', 'body_folder'];

/** @param file where the copy goes; it is not there yet */
export async function snapshotOfFile(path: string, file: string): Promise<Snapshot> {
  const live = open(path);
  try {
    await live.execute('SELECT 1 FROM sqlite_schema').catch((error: unknown) => Promise.reject(notOpened(error)));
    // one read transaction: it sees all that was committed before, and holds up no writer
    await live.execute({ sql: 'VACUUM INTO ?', args: [file] });
    const copy = open(file);
    // what is only deleted would stay in the file's free pages
    await copy.execute('PRAGMA secure_delete = ON');
    for (const table of await leftOutOf(copy)) await copy.execute(`DELETE FROM ${table}`);
    return await readCopy(copy, live);
  } catch (error) {
    live.close();
    throw error;
  }
}

/** A database that an older version wrote has not all of them. */
async function leftOutOf(copy: Client): Promise<readonly string[]> {
  const { rows } = await copy.execute("SELECT name FROM sqlite_schema WHERE type = 'table'");
  const there = new Set(rows.map(({ name }) => name));
  return LEFT_OUT.filter((table) => there.has(table));
}

/** A copy as it lies in the restored folder. */
export async function readFileSnapshot(file: string): Promise<Snapshot> {
  const copy = open(file);
  return readCopy(copy, copy);
}

export const draftOfFile = (path: string): string => `${path}.restored`;

/** A whole copy under a new name: a rename would leave behind what is still in the write-ahead log, and a closed client may yet hold it. */
export async function keepFile(file: string, path: string): Promise<void> {
  const draft = draftOfFile(path);
  await rm(draft, { force: true });
  try {
    await copyInto(file, draft);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** a thread that has closed the file may be at its write-ahead log still */
const BUSY_MS_MAX = 10_000;

async function copyInto(file: string, draft: string): Promise<void> {
  const client = open(file);
  try {
    await client.execute(`PRAGMA busy_timeout = ${BUSY_MS_MAX}`);
    await client.execute({ sql: 'VACUUM INTO ?', args: [draft] });
  } finally {
    client.close();
  }
  // the database does not sync what it writes so
  const written = await openFile(draft, 'r+');
  await written.sync();
  await written.close();
}

const open = (path: string): Client => createClient({ url: pathToFileURL(path).href, concurrency: 1 });
const queryOn =
  (client: Client): Query =>
  async (sql, values = []) =>
    (await client.execute({ sql, args: [...values] })).rows;

const readCopy = (copy: Client, live: Client): Promise<Snapshot> =>
  readSnapshot({
    database: 'sqlite',
    query: queryOn(copy),
    live: queryOn(live),
    close() {
      copy.close();
      live.close();
      return Promise.resolve();
    },
  });
