/** The embedded database: one file, one process, one connection. */
import type { Client } from '@libsql/client';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { Store } from '../../../domain/ports.js';
import type { PrismaClient } from '../generated/postgresql/client.js';
import { PrismaClient as SqliteClient } from '../generated/sqlite/client.js';
import { APPLIED, BOOK, migrate } from '../migrate.js';
import { prismaStore } from '../prisma-store.js';
import { placeBatchOn } from './commit-batch.js';
import { lockFile } from './lock-file.js';
import { openOneConnection } from './one-connection.js';

/** @param path of the database file; its folder exists */
export async function openSqlite(path: string): Promise<Store> {
  const unlock = lockFile(path);
  try {
    const client = await openOneConnection(path);
    await migrateOn(client);
    // one store is typed for both databases: the clients differ in filters that it does not use
    const db = new SqliteClient({ adapter: new SharedConnection(client, path) }) as unknown as PrismaClient;
    return prismaStore(db, 'sqlite', placeBatchOn(client), async () => {
      await db.$disconnect();
      client.close();
      unlock();
    });
  } catch (error) {
    unlock();
    throw error;
  }
}

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
