/** Reading the log, through Prisma: the same code on both databases. */
import type { Store } from '../../domain/ports.js';
import type { PrismaClient } from './generated/postgresql/client.js';
import { toLeaf } from './rows.js';

type LogReads = Pick<Store, 'leafCount' | 'inbox'>;

/** Of one key, where the caller names no limit. */
export const LINKED_MAX = 1_000;

export function logReads(db: PrismaClient): LogReads {
  return {
    async leafCount() {
      return Number((await db.logHead.findUniqueOrThrow({ where: { id: 1 } })).size);
    },
    async inbox(authority, from, limit) {
      const rows = await db.leaf.findMany({ where: { mailbox: authority, index: { gte: from } }, orderBy: { index: 'asc' }, take: limit });
      return rows.map(toLeaf);
    },
  };
}
