/** A database of every earlier version is opened by this one: what lies in it stays, and the schema comes once. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@libsql/client';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPLIED, BOOK } from '../../../adapters/store-prisma/migrate.js';
import { openStore } from '../../../adapters/store-prisma/open-store.js';
import { hasPostgres, postgresUrl, type TestPostgres } from '../../support/postgres.js';

type Rows = readonly Record<string, unknown>[];
interface Database {
  readonly url: string;
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<Rows>;
}

const namesOf = (provider: string): string[] => {
  const entries = readdirSync(new URL(`../../../prisma/${provider}/migrations`, import.meta.url), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
};

/** The first `count` migrations, in the words and the book-keeping of whoever applied them. */
async function applyFirst(provider: string, count: number, { run }: Database): Promise<void> {
  await run(BOOK);
  for (const name of namesOf(provider).slice(0, count)) {
    const sql = readFileSync(
      fileURLToPath(new URL(`../../../prisma/${provider}/migrations/${name}/migration.sql`, import.meta.url)),
      'utf8',
    );
    const checksum = createHash('sha256').update(sql).digest('hex');
    await run(sql);
    await run(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      VALUES ('${checksum.slice(0, 36)}', '${checksum}', '${name}', CURRENT_TIMESTAMP, 1)`);
  }
}

const D = 'd'.repeat(43);
const U = 'u'.repeat(36);
/** A row of each table as the first version has it; `bytes` is how the database writes them. */
const oldRows = (bytes: (text: string) => string): Record<string, string> => {
  const hash = bytes('h'.repeat(32));
  return {
    statement: `('${D}', 'parley-envelope+json', 'A', '${U}', NULL, 1, 0, ${bytes('raw')})`,
    leaf: `(0, ${bytes('{}')}, '${D}', 'accepted', 'ALLOW', 1, 0, 'A', 0, ${bytes('views')}),
      (1, ${bytes('{"upTo":1}')}, NULL, 'expired', 'DONE', 2, 0, NULL, 1, ${bytes('views')})`,
    batch: `(0, 1), (1, 1)`,
    link: `('item', 'x', 0, '${D}')`,
    exchange: `('${U}', 3, ${bytes('{}')})`,
    guard: `('directory', 4)`,
    outbox: `('open', 'deliver', '${D}', '${U}', 'B', 5, 1, 2, 6, NULL), ('done', 'deliver', '${D}', '${U}', 'B', 5, 1, 2, 6, 'DONE')`,
    checkpoint: `(1, 2, 'note', 3)`,
    stream: `('A', 7, ${hash}, ${hash})`,
    stream_entry: `('A', 0, ${hash})`,
    session: `('s', 'A', 'o.1', ${bytes('key')}, 9)`,
    upload: `('${U}', 'A', 3, 1, NULL)`,
    part: `('${U}', 0, 3, ${hash})`,
    keyring: `('A', 'o.1', ${bytes('ring')})`,
  };
};
const COLUMNS: Record<string, string> = { stream_entry: '(authority, idx, view_hash)' };

async function fill({ run }: Database, bytes: (text: string) => string): Promise<void> {
  for (const [table, values] of Object.entries(oldRows(bytes))) await run(`INSERT INTO ${table} ${COLUMNS[table] ?? ''} VALUES ${values}`);
  await run('UPDATE log_head SET size = 2, newest = 2');
  await run(`INSERT INTO guard VALUES ('login:nonce', 1)`);
}

/** Every old row, in the columns that the first version had. */
async function everything({ rows }: Database, bytes: (text: string) => string): Promise<unknown> {
  const found: Record<string, Rows> = {};
  for (const table of ['log_head', ...Object.keys(oldRows(bytes))]) {
    const all = await rows(`SELECT * FROM ${table} ORDER BY 1, 2`);
    found[table] = all.map(({ n, ...row }) => (table === 'stream_entry' ? row : { ...row, n })).filter(({ key }) => key !== 'login:nonce');
  }
  return JSON.parse(
    JSON.stringify(found, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value instanceof ArrayBuffer ? Buffer.from(value).toString('hex') : value,
    ),
  );
}

/** Opens it twice over, with `openers` at once each time: the second time finds nothing to do. */
async function upgraded(
  provider: string,
  count: number,
  database: Database,
  bytes: (text: string) => string,
  openers: number,
): Promise<void> {
  await applyFirst(provider, count, database);
  if (count > 0) await fill(database, bytes);
  const before = count > 0 ? await everything(database, bytes) : null;
  const open = async (): Promise<void> => {
    const stores = await Promise.all(Array.from({ length: openers }, () => openStore(database.url)));
    expect(await Promise.all(stores.map((store) => store.leafCount()))).toEqual(stores.map(() => (count > 0 ? 2 : 0)));
    await Promise.all(stores.map((store) => store.close()));
  };
  await open();
  const book = await database.rows('SELECT * FROM _prisma_migrations ORDER BY migration_name');
  expect(book.map(({ migration_name: name }) => name)).toEqual(namesOf(provider));
  if (before !== null) expect(await everything(database, bytes)).toEqual(before);
  await open();
  expect(await database.rows('SELECT * FROM _prisma_migrations ORDER BY migration_name')).toEqual(book);
}

const upTo = (provider: string): number[] => namesOf(provider).map((_name, n) => n);

const sqliteBytes = (text: string): string => `x'${Buffer.from(text).toString('hex')}'`;

async function onFile(work: (database: Database) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-upgrade-'));
  const path = join(folder, 'parley.db');
  const alone = async <T>(ask: (client: ReturnType<typeof createClient>) => Promise<T>): Promise<T> => {
    const client = createClient({ url: `file:${path}` });
    return ask(client).finally(() => client.close());
  };
  const database: Database = {
    url: `file:${path}`,
    run: (sql) => alone((client) => client.executeMultiple(sql)),
    rows: (sql) => alone(async (client) => (await client.execute(sql)).rows.map((row) => ({ ...row }))),
  };
  await work(database).finally(() => rmSync(folder, { recursive: true }));
}

describe('an embedded database of an earlier version', () => {
  it.each(upTo('sqlite'))('of %i migrations keeps its rows', (count) =>
    onFile((database) => upgraded('sqlite', count, database, sqliteBytes, 1)),
  );

  it('starts again after a kill within a migration, which left nothing of itself', () =>
    onFile(async (database) => {
      await applyFirst('sqlite', 3, database);
      await fill(database, sqliteBytes);
      const before = await everything(database, sqliteBytes);
      await database.run('PRAGMA journal_mode = WAL');
      // the fourth updates this table after it has made another, and there it stays
      await database.run(`CREATE TRIGGER stays AFTER UPDATE ON stream_entry BEGIN
        SELECT count(*) FROM (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c); END`);
      const opener = new URL('../../../dist/adapters/store-prisma/open-store.js', import.meta.url).href;
      // in a file: a thread takes over none of the flags that a program on the command line needs
      const program = join(dirname(database.url.slice('file:'.length)), 'opener.mjs');
      writeFileSync(program, `await (await import(${JSON.stringify(opener)})).openStore(${JSON.stringify(database.url)});`);
      const child = spawn(process.execPath, [program], { stdio: ['ignore', 'ignore', 'inherit'] });
      const ended = once(child, 'exit');
      // it holds the write lock from the beginning of that migration for as long as it lives
      const other = createClient({ url: database.url });
      const isFree = (): Promise<boolean> =>
        other.executeMultiple('BEGIN IMMEDIATE; ROLLBACK').then(
          () => true,
          () => false,
        );
      while (await isFree()) await new Promise(setImmediate);
      other.close();
      child.kill('SIGKILL');
      expect(await ended).toEqual([null, 'SIGKILL']);
      expect((await database.rows(APPLIED)).map(({ name }) => name)).toEqual(namesOf('sqlite').slice(0, 3));
      expect(await database.rows(`SELECT name FROM sqlite_master WHERE name IN ('epoch_slot', 'epoch_end')`)).toEqual([]);
      await database.run('DROP TRIGGER stays');
      await (await openStore(database.url)).close();
      expect((await database.rows(APPLIED)).map(({ name }) => name)).toEqual(namesOf('sqlite'));
      expect(await everything(database, sqliteBytes)).toEqual(before);
    }));
});

describe.skipIf(!hasPostgres())(
  `a PostgreSQL database of an earlier version${hasPostgres() ? '' : ' (skipped: no PostgreSQL on this machine)'}`,
  () => {
    let server: TestPostgres | null = null;
    beforeAll(async () => {
      server = await postgresUrl(undefined, false);
    });
    afterAll(() => server?.stop());

    it.each(upTo('postgresql'))('of %i migrations keeps its rows, and of two gateways at once one brings the schema', async (count) => {
      const { url, stop } = (await postgresUrl(server?.url))!;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const database: Database = {
        url,
        run: async (sql) => void (await client.query(sql)),
        rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
      };
      await upgraded('postgresql', count, database, (text) => `'\\x${Buffer.from(text).toString('hex')}'::bytea`, 2);
      await client.end();
      await stop();
    });
  },
);
