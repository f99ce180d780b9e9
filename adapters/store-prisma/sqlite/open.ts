/** The embedded database: one file, one process, one connection. */
import type { Client } from '@libsql/client';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { Store } from '../../../domain/ports.js';
import type { PrismaClient } from '../generated/postgresql/client.js';
import { PrismaClient as SqliteClient } from '../generated/sqlite/client.js';
import type { RawQueries } from '../hot-reads.js';
import { APPLIED, BOOK, migrate } from '../migrate.js';
import { prismaStore } from '../prisma-store.js';
import { placeBatchOn } from './commit-batch.js';
import { openOneConnection } from './one-connection.js';

/**
 * @param path of the database file; its folder exists, and this process holds its lock
 * @param closed called once nothing more is written
 */
export async function openSqlite(path: string, closed: () => void = () => undefined): Promise<Store> {
  const client = await openOneConnection(path);
  try {
    await migrateOn(client);
    await assertWritable(client);
  } catch (error) {
    client.close();
    throw error;
  }
  // one store is typed for both databases: the clients differ in filters that it does not use
  const db = new SqliteClient({ adapter: new SharedConnection(client, path) }) as unknown as PrismaClient;
  return prismaStore(db, {
    provider: 'sqlite',
    raw: rawOn(client),
    place: placeBatchOn(client),
    serverTime: () => Promise.resolve(null),
    async close() {
      await db.$disconnect();
      client.close();
      closed();
    },
  });
}

export const rawOn = (client: Client): RawQueries => ({
  query: async (_name, sql, values) =>
    (await client.execute({ sql, args: values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : value)) })).rows,
  async transact(writes) {
    await client.batch(
      writes.map(({ sql, values }) => ({ sql, args: [...values] })),
      'write',
    );
  },
  oneOf: (column) => `${column} IN (SELECT value FROM json_each($1))`,
});

/** Prisma on the connection that the commit uses too. */
class SharedConnection extends PrismaLibSql {
  constructor(
    private readonly client: Client,
    path: string,
  ) {
    super({ url: `file:${path}` });
  }
  override createClient(): Client {
    return this.client;
  }
}

/** A file that this account may only read opens as well. Nothing is kept, so that a full disk is no reason not to start. */
async function assertWritable(client: Client): Promise<void> {
  const transaction = await client.transaction('write');
  try {
    await transaction.execute('UPDATE log_head SET size = size WHERE id = 1');
  } finally {
    transaction.close();
  }
}

async function migrateOn(client: Client): Promise<void> {
  await client.execute(BOOK);
  await migrate('sqlite', {
    async applied() {
      const { rows } = await client.execute(APPLIED);
      return rows.map(({ name, checksum }) => ({ name: String(name), checksum: String(checksum) }));
    },
    apply: (script, record) => client.executeMultiple(`BEGIN IMMEDIATE;\n${script}\n${record};\nCOMMIT;`),
  });
}
