/** Checkpoints, streams and tree nodes: the publisher's tables, never touched by the commit. */
import type { Publication, Store } from '../../domain/ports.js';
import { bulkInsert } from './bulk-insert.js';
import type { PrismaClient } from './generated/postgresql/client.js';
import type { RawQueries, RawWrite } from './hot-reads.js';
import type { Provider } from './outbox.js';
import { bytesOf, toAuthority, toCheckpoint, toSlot } from './rows.js';

type Published = Pick<Store, 'latestCheckpoint' | 'checkpointAt' | 'streams' | 'slots' | 'streamEntries' | 'nodes' | 'publish'>;

export function publicationOf(db: PrismaClient, raw: RawQueries, provider: Provider): Published {
  const at = (n: number) => db.checkpoint.findUnique({ where: { n } });
  return {
    async latestCheckpoint() {
      const row = await db.checkpoint.findFirst({ orderBy: { n: 'desc' } });
      return row && toCheckpoint(row);
    },
    async checkpointAt(n) {
      const row = await at(n);
      return row && toCheckpoint(row);
    },
    async streams() {
      const rows = await db.stream.findMany({ orderBy: { slot: 'asc' } });
      return rows.map((row) => ({ ...row, authority: toAuthority(row.authority) }));
    },
    async slots(n) {
      // an authority's newest row up to n, by its key: a grouping would read all that was ever kept
      const rows = await raw.query('slots', slotsOn(provider), [n]);
      return rows.map(toSlot);
    },
    async streamEntries(authority, from, limit) {
      const rows = await db.streamEntry.findMany({ where: { authority, index: { gte: from } }, orderBy: { index: 'asc' }, take: limit });
      return rows.map(({ index, viewHash, n }) => ({ index: Number(index), viewHash, n }));
    },
    nodes: nodesOf(raw, provider),
    async publish(publication) {
      const { n } = publication.checkpoint;
      // checkpoints are never deleted: that the one before exists stays true
      if (n !== 1 && (await at(n - 1)) === null) return false;
      try {
        await raw.transact(writesOf(provider, publication));
        return true;
      } catch (error) {
        if ((await at(n)) !== null) return false;
        throw error;
      }
    },
  };
}

/**
 * CROSS: the streams are read and their rows looked up, never the other way round. On PostgreSQL the two tables order text by rules of their own, and an
 * index serves only a comparison by its own.
 */
const slotsOn = (provider: Provider): string => {
  const authority = provider === 'postgresql' ? '(s.authority COLLATE "default")' : 's.authority';
  return `SELECT e.authority, e.n, e.slot, e.head, e.entry FROM stream s CROSS JOIN epoch_slot e WHERE e.authority = ${authority}
    AND e.n = (SELECT max(x.n) FROM epoch_slot x WHERE x.authority = ${authority} AND x.n <= $1) ORDER BY e.slot`;
};

/** A node is written once and never changes: those from this level on are few, and a proof in a large log is half of them. */
const KEPT_FROM = 10;
/** as many as a log of 30 million leaves has */
const KEPT_MAX = 65_536;

function nodesOf(raw: RawQueries, provider: Provider): Store['nodes'] {
  const kept = new Map<string, Uint8Array>();
  return async (wanted) => {
    const unkept = wanted.filter((node) => !kept.has(nameOf(node)));
    const found = new Map<string, Uint8Array>();
    const places = JSON.stringify(unkept.map(({ level, index }) => [level, index]));
    const rows = unkept.length === 0 ? [] : await raw.query('nodes', NODES[provider], [places]);
    for (const row of rows) {
      const node = { level: Number(row['level']), index: Number(row['idx']) };
      const hash = bytesOf(row['hash']);
      found.set(nameOf(node), hash);
      // a copy: what the driver gives may be a corner of a large buffer, all of which it would keep
      if (node.level >= KEPT_FROM && kept.size < KEPT_MAX) kept.set(nameOf(node), new Uint8Array(hash));
    }
    return wanted.map((node) => kept.get(nameOf(node)) ?? found.get(nameOf(node)) ?? null);
  };
}

const nameOf = ({ level, index }: { readonly level: number; readonly index: number }): string => `${level}/${index}`;

/** One statement however many are wanted. */
const NODES: Readonly<Record<Provider, string>> = {
  postgresql: `SELECT n.level, n.idx, n.hash FROM jsonb_array_elements($1::jsonb) AS l(row)
    JOIN node n ON n.level = (l.row ->> 0)::integer AND n.idx = (l.row ->> 1)::bigint`,
  // CROSS: the list is read and the table looked up, never the other way round
  sqlite: 'SELECT n.level, n.idx, n.hash FROM json_each($1) AS l CROSS JOIN node n ON n.level = l.value ->> 0 AND n.idx = l.value ->> 1',
};

/**
 * The checkpoint first: its key makes a second publisher wait, then lose. Past Prisma, which keeps every transaction of such statements,
 * values and all, among its query plans: a thousand of them filled the memory.
 */
function writesOf(provider: Provider, { checkpoint, nodes, streams, slots, entries }: Publication): RawWrite[] {
  const { n, size, note, at } = checkpoint;
  const insert = bulkInsert(provider);
  return [
    insert('checkpoint', { n: 'integer', size: 'bigint', note: 'text', at: 'bigint' }, [[n, size, note, at]]),
    insert(
      'node',
      { level: 'integer', idx: 'bigint', hash: 'bytea' },
      nodes.map(({ level, index, hash }) => [level, index, hash]),
    ),
    { name: 'forget-streams', sql: 'DELETE FROM stream', values: [] },
    insert(
      'stream',
      { authority: 'text', slot: 'integer', head: 'bytea', salt: 'bytea' },
      streams.map(({ authority, slot, head, salt }) => [authority, slot, head, salt]),
    ),
    insert(
      'epoch_slot',
      { authority: 'text', n: 'integer', slot: 'integer', head: 'bytea', entry: 'bytea' },
      slots.map((row) => [row.authority, row.n, row.slot, row.head, row.entry]),
    ),
    insert(
      'stream_entry',
      { authority: 'text', idx: 'bigint', view_hash: 'bytea', n: 'integer' },
      entries.map(({ authority, index, viewHash }) => [authority, index, viewHash, n]),
    ),
  ];
}
