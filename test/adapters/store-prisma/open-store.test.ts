import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../../adapters/store-prisma/open-store.js';
import { A, commitOne, digestOf, NOW, rowOf, uuidOf } from '../../contract/store-rows.js';

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

it('takes the path as it is, whatever it would mean in an address', async () => {
  const odd = join(folder, 'a#b?c=d&%41 é');
  mkdirSync(odd);
  const store = await openStore(`file:${join(odd, 'x%20.db')}`);
  await commitOne(store, rowOf('a'));
  await store.close();
  expect(readdirSync(odd)).toContain('x%20.db');
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
  // a supervisor that starts it again helps nobody
  await expect(openStore(url)).rejects.toThrow(
    'CONFIG_INVALID: the database has a newer schema than this program knows: 29991231000000_later. Start the newer program again, or restore a backup',
  );
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
  await expect(openStore('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow(/^STORE_UNAVAILABLE: .*ECONNREFUSED/);
  writeFileSync(join(folder, 'other.db'), 'something else, which is no database at all'.repeat(100));
  await expect(openStore(`file:${folder}/other.db`)).rejects.toThrow(/^STORE_UNAVAILABLE: .*SQLITE_NOTADB/);
});

it('says of a server that has no code for it why it was not reached, as it says it while it serves', async () => {
  // a server that ends whatever comes, and one that speaks in clear alone
  for (const [answer, query, said] of [
    ['', '', 'Connection terminated unexpectedly'],
    ['N', '?sslmode=verify-full', 'The server does not support SSL connections'],
  ] as const) {
    const server = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end(answer)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(openStore(`postgresql://u@127.0.0.1:${port}/db${query}`)).rejects.toThrow(
      `STORE_UNAVAILABLE: the database could not be opened: ${said}`,
    );
    server.close();
  }
});

it('refuses a database that cannot be opened, or takes nothing, and says so', async () => {
  mkdirSync(join(folder, 'folder.db'));
  await expect(openStore(`file:${folder}/folder.db`)).rejects.toThrow(/^STORE_UNAVAILABLE: .*folder\.db is a folder/);
  expect(existsSync(join(folder, 'folder.db.held'))).toBe(false);
  await (await openStore(url)).close();
  // as another account's file is, but for root
  await sql("CREATE TRIGGER no_write BEFORE UPDATE ON log_head BEGIN SELECT RAISE(ABORT, 'SECRET'); END");
  await expect(openStore(url)).rejects.toThrow(/^STORE_UNAVAILABLE: the database could not be opened: SQLITE_CONSTRAINT_TRIGGER$/);
});

it('says the database’s own code for what it could not do, whoever asked it', async () => {
  await (await openStore(url)).close();
  await sql("CREATE TRIGGER no_upload BEFORE INSERT ON upload BEGIN SELECT RAISE(ABORT, 'SECRET'); END");
  const store = await openStore(url);
  const upload = { id: uuidOf('u'), owner: A, sizeBytes: 1, createdAt: NOW, claimedBy: null };
  await expect(store.putUpload(upload)).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    detail: 'putUpload: SQLITE_CONSTRAINT',
  });
  await store.close();
});

it('keeps nothing of what it published in its memory', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const store = await openStore(url);
  const [warm, count, bytes] = [8, 40, 1024 * 1024];
  const publish = async (n: number): Promise<void> => {
    const checkpoint = { n, size: n, note: String(n).repeat(bytes), at: NOW };
    expect(await store.publish({ nodes: [], streams: [], slots: [], entries: [], checkpoint })).toBe(true);
  };
  for (let n = 1; n <= warm; n += 1) await publish(n);
  const before = heap();
  for (let n = warm + 1; n <= warm + count; n += 1) await publish(n);
  expect(heap() - before).toBeLessThan((count * bytes) / 4);
  await store.close();
});
