/** All that the rows of one batch rest on, read in one go inside its write transaction. */
import type { Transaction } from '@libsql/client';
import { exchangeOfKey } from '../../../domain/guard-keys.js';
import { type CommitRow, UNIQUE_LINKS } from '../../../domain/ports.js';
import { growing, type Growing, SETTLED } from '../grow-known.js';

// CROSS JOIN: what is asked for is read first and looked up, never the other way round
const READS = [
  'SELECT size, newest FROM log_head WHERE id = 1',
  'SELECT digest, idx FROM statement WHERE digest IN (SELECT value FROM json_each(?))',
  'SELECT s.author, s.id FROM json_each(?) j CROSS JOIN statement s ON s.author = j.value ->> 0 AND s.id = j.value ->> 1',
  'SELECT key, version FROM guard WHERE key IN (SELECT value FROM json_each(?))',
  "SELECT 'exchange:' || id, version FROM exchange WHERE id IN (SELECT value FROM json_each(?))",
  'SELECT j.value ->> 0, j.value ->> 1 FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM link l WHERE l.kind = j.value ->> 0 AND l.key = j.value ->> 1)',
  `SELECT key, CASE WHEN settled IS NULL THEN fence ELSE ${SETTLED} END FROM outbox WHERE key IN (SELECT value FROM json_each(?))`,
] as const;

export async function readKnown(transaction: Transaction, rows: readonly CommitRow[]): Promise<Growing> {
  const statements = rows.flatMap(({ statement }) => (statement === null ? [] : [statement]));
  const expects = rows.flatMap((row) => row.expects.map(({ key }) => key));
  const exchanges = [
    ...rows.flatMap(({ exchange }) => (exchange === null ? [] : [exchange.id])),
    ...expects.flatMap((key) => exchangeOfKey(key) ?? []),
  ];
  const asked: unknown[] = [
    null,
    statements.map(({ digest }) => digest),
    statements.map(({ author, id }) => [author, id]),
    expects,
    exchanges,
    rows.flatMap(({ links }) => links.flatMap(({ kind, key }) => (UNIQUE_LINKS.has(kind) ? [[kind, key]] : []))),
    rows.flatMap(({ settles }) => (settles === null ? [] : [settles.key])),
  ];
  const found = await transaction.batch(READS.map((sql, n) => (n === 0 ? sql : { sql, args: [JSON.stringify(asked[n])] })));
  const [head, digests, ids, guards, versions, links, fences] = found.map(({ rows: values }) => values.map((row) => [row[0], row[1]]));
  return growing({
    size: Number(head?.[0]?.[0]),
    newest: Number(head?.[0]?.[1]),
    digests: numbers(digests),
    ids: pairs(ids),
    versions: numbers([...(guards ?? []), ...(versions ?? [])]),
    links: pairs(links),
    fences: numbers(fences),
  });
}

type Values = readonly (readonly unknown[])[] | undefined;
const numbers = (values: Values): Map<string, number> => new Map((values ?? []).map(([key, value]) => [String(key), Number(value)]));
const pairs = (values: Values): Set<string> => new Set((values ?? []).map(([a, b]) => `${String(a)} ${String(b)}`));
