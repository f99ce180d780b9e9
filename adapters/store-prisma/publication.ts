/** Checkpoints, streams and tree nodes: the publisher's tables, never touched by the commit. */
import type { Publication, Store } from '../../domain/ports.js';
import { Prisma, type PrismaClient } from './generated/postgresql/client.js';
import type { Provider } from './outbox.js';
import { ownBytes, type RawRow, toAuthority, toCheckpoint, toSlot } from './rows.js';

type Published = Pick<Store, 'latestCheckpoint' | 'checkpointAt' | 'streams' | 'slots' | 'streamEntries' | 'nodes' | 'publish'>;

export function publicationOf(db: PrismaClient, provider: Provider): Published {
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
      const rows = await db.$queryRaw<RawRow[]>(Prisma.sql`
        SELECT e.authority, e.n, e.slot, e.head, e.entry FROM stream s JOIN epoch_slot e ON e.authority = s.authority
        AND e.n = (SELECT max(x.n) FROM epoch_slot x WHERE x.authority = s.authority AND x.n <= ${n}) ORDER BY e.slot`);
      return rows.map(toSlot);
    },
    async streamEntries(authority, from, limit) {
      const rows = await db.streamEntry.findMany({ where: { authority, index: { gte: from } }, orderBy: { index: 'asc' }, take: limit });
      return rows.map(({ index, viewHash, n }) => ({ index: Number(index), viewHash, n }));
    },
    async nodes(wanted) {
      if (wanted.length === 0) return [];
      const rows = await db.node.findMany({ where: { OR: wanted.map(({ level, index }) => ({ level, index })) } });
      const found = new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
      return wanted.map(({ level, index }) => found.get(`${level}/${index}`) ?? null);
    },
    async publish(publication) {
      const { n } = publication.checkpoint;
      // checkpoints are never deleted: that the one before exists stays true
      if (n !== 1 && (await at(n - 1)) === null) return false;
      try {
        await db.$transaction(writesOf(db, provider, publication));
        return true;
      } catch (error) {
        if ((await at(n)) !== null) return false;
        throw error;
      }
    },
  };
}

/**
 * The checkpoint first: its key makes a second publisher wait, then lose. Nodes and entries are several a leaf, so each kind is one
 * statement of one list and one buffer: as Prisma's rows they cost a sixth of all that the gateway did under load.
 */
function writesOf(db: PrismaClient, provider: Provider, { checkpoint, nodes, streams, slots, entries }: Publication) {
  const listed = listedAs[provider];
  const hashes = listed(
    nodes.map(({ level, index }) => [level, index]),
    nodes.map(({ hash }) => hash),
  );
  const views = listed(
    entries.map(({ authority, index }) => [authority, index]),
    entries.map(({ viewHash }) => viewHash),
  );
  return [
    db.checkpoint.create({ data: checkpoint }),
    db.$executeRaw(Prisma.sql`INSERT INTO node (level, idx, hash) ${hashes('integer')}`),
    db.stream.deleteMany(),
    db.stream.createMany({ data: streams.map((stream) => ({ ...stream, head: ownBytes(stream.head), salt: ownBytes(stream.salt) })) }),
    db.epochSlot.createMany({
      data: slots.map((row) => ({ ...row, head: ownBytes(row.head), entry: row.entry === null ? null : ownBytes(row.entry) })),
    }),
    db.$executeRaw(
      Prisma.sql`INSERT INTO stream_entry (authority, idx, view_hash, n) SELECT v.*, CAST(${checkpoint.n} AS integer) FROM (${views('text')}) v`,
    ),
  ];
}

type Listed = (rows: readonly (readonly (string | number)[])[], hashes: readonly Uint8Array[]) => (first: 'integer' | 'text') => Prisma.Sql;

/** One row per list element: its two members, and the hash that stands at its place in the buffer. */
const listedAs: Readonly<Record<Provider, Listed>> = {
  postgresql: (rows, hashes) => (first) => Prisma.sql`
    SELECT (l.row ->> 0)::${Prisma.raw(first)}, (l.row ->> 1)::bigint, substring(${Buffer.concat(hashes)}::bytea, (l.nth::integer - 1) * 32 + 1, 32)
    FROM jsonb_array_elements(${JSON.stringify(rows)}::jsonb) WITH ORDINALITY AS l(row, nth)`,
  sqlite: (rows, hashes) => () => Prisma.sql`
    SELECT l.value ->> 0, l.value ->> 1, substr(${Buffer.concat(hashes)}, l.key * 32 + 1, 32) FROM json_each(${JSON.stringify(rows)}) AS l`,
};
