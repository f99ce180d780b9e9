/** What every submission and every checkpoint reads is looked up, however much lies there: one that reads a whole table has all others wait. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import pg from 'pg';
import { expect, it } from 'vitest';
import { hotReads, type RawQueries } from '../../../adapters/store-prisma/hot-reads.js';
import { openStore } from '../../../adapters/store-prisma/open-store.js';
import { publicationOf } from '../../../adapters/store-prisma/publication.js';
import { openSqlite, rawOn } from '../../../adapters/store-prisma/sqlite/open.js';
import type { AuthorityId, Digest, ExchangeId, Uuid } from '../../../domain/ids.js';
import { hasPostgres, postgresUrl } from '../../support/postgres.js';

const UNUSED = null as never;

it('none goes through a whole table of the embedded database', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'parley-reads-')), 'parley.db');
  const store = await openSqlite(path);
  const client = createClient({ url: pathToFileURL(path).href, timeout: 5_000 });
  const raw = rawOn(client);
  const through: string[] = [];
  const explaining: RawQueries = {
    ...raw,
    async query(name, sql, values) {
      const steps = await raw.query(name, `EXPLAIN QUERY PLAN ${sql}`, values);
      const said = steps.map(({ detail }) => String(detail));
      through.push(
        ...said
          .filter((one) => /^SCAN (?!json_each|s USING COVERING INDEX sqlite_autoindex_stream)/.test(one))
          .map((one) => `${name}: ${one}`),
      );
      return [];
    },
  };
  const reads = hotReads(explaining);
  const digest = 'd' as Digest;
  await Promise.all([
    reads.statement(digest),
    reads.statementById('A' as AuthorityId, 'i' as Uuid),
    reads.links('item', ['k']),
    reads.linked('item', 'k'),
    reads.exchange('x' as ExchangeId),
    reads.version('k'),
    reads.session('s'),
    reads.leaf(1),
    reads.leaves(0, 9),
    reads.leafData(0, 9),
    reads.batch(1),
    reads.leafOf(digest, 'accepted'),
    reads.leafOf(digest, 'refused'),
    publicationOf(UNUSED, explaining, 'sqlite').slots(1),
  ]);
  expect(through).toEqual([]);
  client.close();
  await store.close();
  rmSync(join(path, '..'), { recursive: true });
});

it.skipIf(!hasPostgres())('the slots of an epoch are found by their authority on PostgreSQL (skipped without a server)', async () => {
  const database = (await postgresUrl(undefined, false))!;
  const store = await openStore(database.url);
  const client = new pg.Client({ connectionString: database.url, options: '-c enable_seqscan=off' });
  await client.connect();
  const plan: string[] = [];
  const query: RawQueries['query'] = async (_name, sql, values) => {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, [...values]);
    plan.push(...rows.map((row) => row['QUERY PLAN']));
    return [];
  };
  await publicationOf(UNUSED, { query, transact: () => UNUSED, oneOf: () => '' }, 'postgresql').slots(1);
  expect(plan.join()).toContain('epoch_slot');
  expect(plan.filter((line) => /Filter: .*authority/.test(line))).toEqual([]);
  await client.end();
  await store.close();
  await database.stop();
});
