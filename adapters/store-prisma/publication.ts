/** Checkpoints, streams and tree nodes: the publisher's tables, never touched by the commit. */
import type { Publication, Store } from '../../domain/ports.js';
import type { PrismaClient } from './generated/postgresql/client.js';
import { ownBytes, toAuthority, toCheckpoint } from './rows.js';

type Published = Pick<Store, 'latestCheckpoint' | 'checkpointAt' | 'streams' | 'streamEntries' | 'nodes' | 'publish'>;

export function publicationOf(db: PrismaClient): Published {
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
    async streamEntries(authority, from, limit) {
      const rows = await db.streamEntry.findMany({ where: { authority, index: { gte: from } }, orderBy: { index: 'asc' }, take: limit });
      return rows.map(({ index, viewHash }) => ({ index: Number(index), viewHash }));
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
        await db.$transaction(writesOf(db, publication));
        return true;
      } catch (error) {
        if ((await at(n)) !== null) return false;
        throw error;
      }
    },
  };
}

/** The checkpoint first: its key makes a second publisher wait, then lose. */
function writesOf(db: PrismaClient, { checkpoint, nodes, streams, entries }: Publication) {
  return [
    db.checkpoint.create({ data: checkpoint }),
    db.node.createMany({ data: nodes.map((node) => ({ ...node, hash: ownBytes(node.hash) })) }),
    db.stream.deleteMany(),
    db.stream.createMany({ data: streams.map((stream) => ({ ...stream, head: ownBytes(stream.head), salt: ownBytes(stream.salt) })) }),
    db.streamEntry.createMany({ data: entries.map((entry) => ({ ...entry, viewHash: ownBytes(entry.viewHash) })) }),
  ];
}
