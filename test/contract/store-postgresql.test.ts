import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../adapters/store-prisma/open-store.js';
import { hasPostgres, postgresUrl, type TestPostgres } from '../support/postgres.js';
import { storeContract } from './store.contract.js';
import { NOW, rowOf } from './store-rows.js';

const CLIENTS = 4;
let server: TestPostgres | null = null;

beforeAll(async () => {
  server = await postgresUrl(undefined, false);
});
afterAll(async () => {
  await server?.stop();
});

storeContract(
  'the store on PostgreSQL',
  async () => {
    const database = await postgresUrl(server?.url);
    if (database === null) throw new Error('no PostgreSQL');
    const first = await openStore(database.url);
    const opened = [first];
    const all = async () => {
      const more = await Promise.all(Array.from({ length: CLIENTS - 1 }, () => openStore(database.url)));
      opened.push(...more);
      return [first, ...more] as const;
    };
    const close = async (): Promise<void> => {
      await Promise.all(opened.map((store) => store.close()));
      await database.stop();
    };
    return { store: first, all, close };
  },
  hasPostgres() ? undefined : 'no PostgreSQL is installed and PARLEY_TEST_POSTGRES_URL is not set',
);

it.skipIf(!hasPostgres())(
  `applies the schema once when four processes find an empty database at once${hasPostgres() ? '' : ' (skipped: no PostgreSQL on this machine)'}`,
  async () => {
    const database = await postgresUrl(server?.url);
    const stores = await Promise.all(Array.from({ length: CLIENTS }, () => openStore(database?.url ?? '')));
    expect(await Promise.all(stores.map((store) => store.leafCount()))).toEqual([0, 0, 0, 0]);
    await Promise.all(stores.map((store) => store.close()));
    await database?.stop();
  },
);

it.skipIf(!hasPostgres())(
  'commits from several processes whatever isolation the database has by default (skipped without a server)',
  async () => {
    const database = (await postgresUrl(server?.url))!;
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET default_transaction_isolation = 'serializable'`);
    await client.end();
    const stores = await Promise.all([1, 2, 3].map(() => openStore(database.url)));
    const rows = stores.flatMap((store, s) => Array.from({ length: 20 }, (_, n) => store.commitBatch([rowOf(`${s} ${n}`)], NOW)));
    expect((await Promise.allSettled(rows)).filter(({ status }) => status === 'rejected')).toEqual([]);
    await Promise.all(stores.map((store) => store.close()));
    await database.stop();
  },
);
