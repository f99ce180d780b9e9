/**
 * One connection to the embedded database, used by one caller at a time. With a pool, the PRAGMAs would have to be repeated on every new
 * connection, and two of them in one thread could block each other for good: libsql waits for a lock without giving up the thread.
 */
import { pathToFileURL } from 'node:url';
import { type Client, createClient, type InArgs, type InStatement, type Transaction, type TransactionMode } from '@libsql/client';
import { Failure } from '../../../domain/failure.js';

const BUSY_MS_MAX = 5_000;
/** The cache (KiB) holds the indexes, whose keys are random: without it each insert reads its page again. */
const PRAGMAS = ['journal_mode = WAL', 'synchronous = FULL', 'cache_size = -65536'];

/**
 * @returns durable at commit: write-ahead log, synced at each one
 * @throws Failure `STORE_UNAVAILABLE` where there is no such file and none can be made, or it is another account's
 */
export async function openOneConnection(path: string): Promise<Client> {
  const client = open(path);
  for (const pragma of PRAGMAS) await client.execute(`PRAGMA ${pragma}`);
  return inTurn(client);
}

function open(path: string): Client {
  try {
    return createClient({ url: pathToFileURL(path).href, concurrency: 1, timeout: BUSY_MS_MAX });
  } catch (cause) {
    throw new Failure('STORE_UNAVAILABLE', `${path} cannot be opened: is it a file, and may this account read and write it?`, { cause });
  }
}

/** Callers wait while a transaction is open; the client itself would refuse them. */
function inTurn(client: Client): Client {
  let last: Promise<void> = Promise.resolve();
  const take = async (): Promise<() => void> => {
    const before = last;
    let done: () => void = () => undefined;
    last = new Promise<void>((resolve) => (done = resolve));
    await before;
    return done;
  };
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const done = await take();
    try {
      return await work();
    } finally {
      done();
    }
  };
  return {
    execute: (statement: InStatement, args?: InArgs) =>
      alone(() => (typeof statement === 'string' ? client.execute(statement, args) : client.execute(statement))),
    batch: (statements, mode) => alone(() => client.batch(statements, mode)),
    migrate: (statements) => alone(() => client.migrate(statements)),
    executeMultiple: (sql) => alone(() => client.executeMultiple(sql)),
    sync: () => alone(() => client.sync()),
    transaction: async (mode: TransactionMode = 'write') => {
      const done = await take();
      try {
        return releasing(await client.transaction(mode), done);
      } catch (error) {
        done();
        throw error;
      }
    },
    close: () => client.close(),
    reconnect: () => client.reconnect(),
    get closed() {
      return client.closed;
    },
    protocol: client.protocol,
  };
}

/** The turn ends with the transaction, however it ends. */
function releasing(transaction: Transaction, done: () => void): Transaction {
  return {
    execute: (statement) => transaction.execute(statement),
    batch: (statements) => transaction.batch(statements),
    executeMultiple: (sql) => transaction.executeMultiple(sql),
    commit: () => transaction.commit().finally(done),
    rollback: () => transaction.rollback().finally(done),
    close: () => {
      transaction.close();
      done();
    },
    get closed() {
      return transaction.closed;
    },
  };
}
