/** Reading leaves and their batches, through Prisma: the same code on both databases. */
import type { Store } from '../../domain/ports.js';
import type { PrismaClient } from './generated/postgresql/client.js';
import { toLeaf } from './rows.js';

type LogReads = Pick<Store, 'leaf' | 'leafOf' | 'leafCount' | 'batch' | 'inbox'>;

/** Of one key, where the caller names no limit. */
export const LINKED_MAX = 1_000;

export function logReads(db: PrismaClient): LogReads {
  const leafAt: Store['leaf'] = async (index) => {
    const row = await db.leaf.findUnique({ where: { index } });
    return row && toLeaf(row);
  };
  return {
    leaf: leafAt,
    async leafOf(statement, stage) {
      if (stage === 'accepted') {
        const row = await db.statement.findUnique({ where: { digest: statement }, select: { index: true } });
        return row && leafAt(Number(row.index));
      }
      const row = await db.leaf.findFirst({ where: { statement, stage }, orderBy: { index: 'desc' } });
      return row && toLeaf(row);
    },
    async leafCount() {
      return Number((await db.logHead.findUniqueOrThrow({ where: { id: 1 } })).size);
    },
    async batch(start) {
      const row = await db.batch.findUnique({ where: { start } });
      return row && { start: Number(row.start), size: row.size };
    },
    async inbox(authority, from, limit) {
      const rows = await db.leaf.findMany({ where: { mailbox: authority, index: { gte: from } }, orderBy: { index: 'asc' }, take: limit });
      return rows.map(toLeaf);
    },
  };
}
