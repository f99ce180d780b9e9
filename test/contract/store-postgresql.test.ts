import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../adapters/store-prisma/open-store.js';
import { hasPostgres, postgresUrl, type TestPostgres } from '../support/postgres.js';
import { storeContract } from './store.contract.js';

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
