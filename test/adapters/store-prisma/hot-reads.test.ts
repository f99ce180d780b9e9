/** What every submission reads is looked up in the embedded database, however much lies there: one that reads a whole table has all others wait. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { expect, it } from 'vitest';
import { hotReads } from '../../../adapters/store-prisma/hot-reads.js';
import { openSqlite, rawOn } from '../../../adapters/store-prisma/sqlite/open.js';
import type { AuthorityId, Digest, ExchangeId, Uuid } from '../../../domain/ids.js';

it('no read of a submission goes through a whole table', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'parley-reads-')), 'parley.db');
  const store = await openSqlite(path);
  const client = createClient({ url: pathToFileURL(path).href, timeout: 5_000 });
  const raw = rawOn(client);
  const through: string[] = [];
  const reads = hotReads({
    ...raw,
    async query(name, sql, values) {
      const steps = await raw.query(name, `EXPLAIN QUERY PLAN ${sql}`, values);
      const said = steps.map(({ detail }) => String(detail));
      through.push(...said.filter((one) => /^SCAN (?!json_each)/.test(one)).map((one) => `${name}: ${one}`));
      return [];
    },
  });
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
    reads.batch(1),
    reads.leafOf(digest, 'accepted'),
    reads.leafOf(digest, 'refused'),
  ]);
  expect(through).toEqual([]);
  client.close();
  await store.close();
  rmSync(join(path, '..'), { recursive: true });
});
