import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../../adapters/store-prisma/open-store.js';
import { commitOne, digestOf, rowOf } from '../../contract/store-rows.js';

let folder: string;
let url: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-open-'));
  url = `file:${join(folder, 'parley.db')}`;
});
afterEach(() => rmSync(folder, { recursive: true }));

const sql = async (text: string) => {
  const client = createClient({ url });
  const result = await client.execute(text).finally(() => client.close());
  return result;
};

it('finds again what it committed before it was closed', async () => {
  const first = await openStore(url);
  await commitOne(first, rowOf('a'));
  await first.close();
  const second = await openStore(url);
  expect((await second.statement(digestOf('a')))?.index).toBe(0);
  await second.close();
});

it('refuses a database that another store of this machine holds', async () => {
  const store = await openStore(url);
  await expect(openStore(url)).rejects.toThrow('STORE_UNAVAILABLE');
  await store.close();
});

it('refuses a schema that is newer than it knows, and one that was altered', async () => {
  await (await openStore(url)).close();
  await sql("UPDATE _prisma_migrations SET checksum = 'x'");
  await expect(openStore(url)).rejects.toThrow('was altered');
  await sql("UPDATE _prisma_migrations SET migration_name = '29991231000000_later'");
  await expect(openStore(url)).rejects.toThrow('newer schema');
});

it('writes ahead and syncs at each commit', async () => {
  const store = await openStore(url);
  await store.close();
  expect((await sql('PRAGMA journal_mode')).rows[0]?.[0]).toBe('wal');
});

it('knows two kinds of database, and says where one cannot be opened', async () => {
  await expect(openStore('mysql://host/db')).rejects.toThrow('CONFIG_INVALID');
  await expect(openStore('parley.db')).rejects.toThrow('CONFIG_INVALID');
  await expect(openStore(`file:${folder}/absent/parley.db`)).rejects.toThrow('STORE_UNAVAILABLE');
  await expect(openStore('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow('STORE_UNAVAILABLE');
});
