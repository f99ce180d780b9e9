/** The commit on the embedded database: one write transaction that reads all that the rows rest on, judges them here and writes once. */
import type { Client, InStatement, InValue } from '@libsql/client';
import type { CommitRow } from '../../../domain/ports.js';
import { distinctLinks, judgeRow, type Placed, type PlaceBatch } from '../judge-row.js';
import { packViews } from '../pack-views.js';
import { readKnown } from './read-known.js';

export function placeBatchOn(client: Client): PlaceBatch {
  return async (rows, now) => {
    const transaction = await client.transaction('write');
    try {
      const known = await readKnown(transaction, rows);
      const start = known.size;
      const placed = rows.map((row): Placed => {
        const verdict = judgeRow(row, known, now);
        return verdict.kind === 'fits' ? { kind: 'committed', index: known.add(row) } : verdict;
      });
      const added = rows.flatMap((row, n) => {
        const at = placed[n];
        return at?.kind === 'committed' ? [{ row, index: at.index }] : [];
      });
      if (added.length > 0) await transaction.batch(writesOf(added, start, known.newest));
      await transaction.commit();
      return { start, placed };
    } finally {
      transaction.close();
    }
  };
}

function writesOf(added: readonly { readonly row: CommitRow; readonly index: number }[], start: number, newest: number): InStatement[] {
  const writes: InStatement[] = [];
  const insert = (head: string, values: InValue[][], tail = ''): void => {
    const [first] = values;
    if (first === undefined) return;
    const marks = `(${first.map(() => '?').join(',')})`;
    writes.push({ sql: `${head} VALUES ${values.map(() => marks).join(',')}${tail}`, args: values.flat() });
  };
  insert(
    'INSERT INTO statement (digest, typ, author, id, exchange, at, idx, raw)',
    added.flatMap(({ row: { statement: s }, index }) =>
      s === null ? [] : [[s.digest, s.typ, s.author, s.id, s.exchange, s.at, index, s.raw]],
    ),
  );
  insert(
    'INSERT INTO leaf (idx, data, statement, stage, outcome, at, version, mailbox, batch_start, views)',
    added.map(({ row: { leaf }, index }) => [
      ...[index, leaf.data, leaf.statement, leaf.stage, leaf.outcome, leaf.at, leaf.version, leaf.mailbox, start],
      packViews(leaf.views),
    ]),
  );
  insert(
    'INSERT INTO link (kind, key, idx, statement)',
    added.flatMap(({ row, index }) => distinctLinks(row).map(({ kind, key }) => [kind, key, index, row.statement?.digest ?? null])),
  );
  insert(
    'INSERT INTO exchange (id, version, body)',
    added.flatMap(({ row: { exchange: x } }) => (x === null ? [] : [[x.id, x.version, x.body]])),
    ' ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body',
  );
  insert(
    'INSERT INTO guard (key, version)',
    added.flatMap(({ row }) => [...new Set(row.bumps)].map((key) => [key, 1])),
    ' ON CONFLICT (key) DO UPDATE SET version = version + 1',
  );
  insert(
    'INSERT INTO outbox (key, kind, statement, exchange, addressee, due)',
    added.flatMap(({ row }) => row.outbox.map((o) => [o.key, o.kind, o.statement, o.exchange, o.addressee, o.due])),
    ' ON CONFLICT (key) DO NOTHING',
  );
  const settled = added.flatMap(({ row }) => (row.settles === null ? [] : [row.settles.key]));
  if (settled.length > 0)
    writes.push({
      sql: "UPDATE outbox SET settled = 'DONE' WHERE key IN (SELECT value FROM json_each(?))",
      args: [JSON.stringify(settled)],
    });
  insert('INSERT INTO batch (start, size)', [[start, added.length]]);
  writes.push({ sql: 'UPDATE log_head SET size = ?, newest = ? WHERE id = 1', args: [start + added.length, newest] });
  return writes;
}
