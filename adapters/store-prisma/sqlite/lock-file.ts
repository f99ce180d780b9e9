/**
 * One process per database file. A second one refuses to start. The system holds the lock, on an empty file beside the database, as it holds those
 * of the database itself: it ends with its process, however that ends, and keeps out whoever has the same file before them, in another container too.
 */
import { pathToFileURL } from 'node:url';
import { type Client, createClient, LibsqlError, type Transaction } from '@libsql/client';
import { Failure } from '../../../domain/failure.js';

/** a connection that nobody has would be collected, and its lock with it */
const held = new Set<Transaction>();

/**
 * @param database on a local disk; `.held` beside it stays when the lock is given back, since whoever removed it could take it from under another
 * @returns gives the lock back
 * @throws Failure `STORE_UNAVAILABLE` where another process, or this one, holds it, and where nothing can be written
 */
export async function lockFile(database: string): Promise<() => void> {
  const path = lockOf(database);
  const client = open(path);
  try {
    const lock = await reserve(client);
    held.add(lock);
    return () => {
      held.delete(lock);
      // said, because a closed client may keep its connection for a while
      lock.close();
      client.close();
    };
  } catch (cause) {
    client.close();
    const code = cause instanceof LibsqlError ? cause.code : 'unknown';
    const why =
      code === 'SQLITE_BUSY' ? 'is held by another process, which runs on this machine or in a container' : `cannot be held: ${code}`;
    throw new Failure('STORE_UNAVAILABLE', `${path} ${why}`, { cause });
  }
}

export const lockOf = (database: string): string => `${database}.held`;

function open(path: string): Client {
  try {
    return createClient({ url: pathToFileURL(path).href, concurrency: 1, timeout: 0 });
  } catch (cause) {
    throw new Failure('STORE_UNAVAILABLE', `${path} cannot be made: is its folder there, and may this account write in it?`, { cause });
  }
}

/** Reserves the file to one writer and writes nothing, no journal either: a full disk would not take it. */
async function reserve(client: Client): Promise<Transaction> {
  await client.execute('PRAGMA journal_mode = MEMORY');
  const lock = await client.transaction('write');
  try {
    // where nothing can be written the transaction is one that reads, and only this says so; it is never committed
    await lock.execute('CREATE TABLE held (n integer)');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}
