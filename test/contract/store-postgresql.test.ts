import { afterAll, beforeAll } from 'vitest';
import { openStore } from '../../adapters/store-prisma/open-store.js';
import { hasPostgres, postgresUrl, type TestPostgres } from '../support/postgres.js';
import { storeContract } from './store.contract.js';

const CLIENTS = 4;
let server: TestPostgres | null = null;

beforeAll(async () => {
  server = await postgresUrl();
});
afterAll(async () => {
  await server?.stop();
});

storeContract(
  'the store on PostgreSQL',
  async () => {
    const database = await postgresUrl(server?.url);
    if (database === null) throw new Error('no PostgreSQL');
    // all at once, on an empty database: one of them applies the schema
    const [first, ...more] = await Promise.all(Array.from({ length: CLIENTS }, () => openStore(database.url)));
    if (first === undefined) throw new Error('no store');
    const close = async (): Promise<void> => {
      await Promise.all([first, ...more].map((store) => store.close()));
      await database.stop();
    };
    return { stores: [first, ...more], close };
  },
  hasPostgres() ? undefined : 'no PostgreSQL is installed and PARLEY_TEST_POSTGRES_URL is not set',
);
