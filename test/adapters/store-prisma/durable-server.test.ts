/** What PostgreSQL acknowledges to the gateway survives a kill, whatever server, database, role or URL would have it forget. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../adapters/store-prisma/open-store.js';
import type { Failure } from '../../../domain/failure.js';
import { commitOne, rowOf } from '../../contract/store-rows.js';
import { hasPostgres, postgresUrl, type TestPostgres } from '../../support/postgres.js';

let server: TestPostgres | null = null;
let durable: TestPostgres | null = null;
beforeAll(async () => {
  server = await postgresUrl(undefined, false);
  durable = await postgresUrl(undefined, true);
});
afterAll(async () => {
  await server?.stop();
  await durable?.stop();
});

async function on(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client.query(sql).finally(() => client.end());
}

/** The settings under which the store's own connection commits a leaf. */
async function settingsOfCommit(opened: string): Promise<unknown> {
  const { url } = (await postgresUrl(server!.url))!;
  const suffix = opened.includes('?') ? opened.slice(opened.indexOf('?')) : '';
  const name = new URL(url).pathname.slice(1);
  await on(url, `ALTER DATABASE ${name} SET synchronous_commit = off`);
  const store = await openStore(`${url}${suffix}`);
  await on(
    url,
    `CREATE TABLE seen AS SELECT '' AS durable, '' AS isolation WHERE false;
     CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO seen VALUES (current_setting('synchronous_commit'), current_setting('default_transaction_isolation')); RETURN NULL; END $$;
     CREATE TRIGGER look AFTER INSERT ON leaf EXECUTE FUNCTION look()`,
  );
  await commitOne(store, rowOf('a'));
  await store.close();
  return (await on(url, 'SELECT * FROM seen')).rows;
}

describe.skipIf(!hasPostgres())(`a commit on PostgreSQL${hasPostgres() ? '' : ' (skipped: no PostgreSQL on this machine)'}`, () => {
  it.each(['', '?options=-c%20synchronous_commit%3Doff', '?application_name=x&options=-csynchronous_commit=off'])(
    'waits for the disk, where the database says otherwise, and the URL %j',
    async (suffix) => {
      expect(await settingsOfCommit(suffix)).toEqual([{ durable: 'on', isolation: 'read committed' }]);
    },
  );

  it('is doubted aloud where the server itself does not wait for its disk, and nowhere else', async () => {
    const said = async (url: string): Promise<readonly string[]> => {
      const doubts: Failure[] = [];
      await (await openStore(url, (doubt) => doubts.push(doubt))).close();
      return doubts.map(({ message }) => message);
    };
    const isHasty = async (url: string): Promise<boolean> => (await on(url, 'SHOW fsync')).rows[0].fsync === 'off';
    for (const { url } of [server!, durable!])
      expect(await said(url)).toEqual((await isHasty(url)) ? [expect.stringMatching(/^CONFIG_INVALID: .*fsync=off/)] : []);
  });
});
