/** Reading statements, exchanges and leaves, through Prisma: the same code on both databases. */
import type { ExchangeId } from '../../domain/ids.js';
import type { Store } from '../../domain/ports.js';
import type { PrismaClient } from './generated/postgresql/client.js';
import { toLeaf, toStatement } from './rows.js';

type LogReads = Pick<
  Store,
  'statement' | 'statementById' | 'linked' | 'exchange' | 'version' | 'leaf' | 'leafOf' | 'leaves' | 'leafCount' | 'batch' | 'inbox'
>;

const LINKED_MAX = 1_000;
const EXCHANGE_KEY = 'exchange:';

export function logReads(db: PrismaClient): LogReads {
  const leafAt: Store['leaf'] = async (index) => {
    const row = await db.leaf.findUnique({ where: { index } });
    return row && toLeaf(row);
  };
  return {
    async statement(digest) {
      const row = await db.statement.findUnique({ where: { digest } });
      return row && toStatement(row);
    },
    async statementById(author, id) {
      const row = await db.statement.findUnique({ where: { author_id: { author, id } } });
      return row && toStatement(row);
    },
    async linked(kind, key, limit = LINKED_MAX) {
      const links = await db.link.findMany({ where: { kind, key }, orderBy: { index: 'asc' }, take: limit });
      if (links.length === 0) return [];
      const rows = await db.statement.findMany({ where: { digest: { in: links.map(({ statement }) => statement) } } });
      return rows.map(toStatement).sort((a, b) => a.index - b.index);
    },
    async exchange(id) {
      const row = await db.exchange.findUnique({ where: { id } });
      return row && { id: row.id as ExchangeId, version: row.version, body: row.body };
    },
    async version(key) {
      const row = key.startsWith(EXCHANGE_KEY)
        ? await db.exchange.findUnique({ where: { id: key.slice(EXCHANGE_KEY.length) }, select: { version: true } })
        : await db.guard.findUnique({ where: { key } });
      return row?.version ?? 0;
    },
    leaf: leafAt,
    async leafOf(statement, stage) {
      if (stage === 'accepted') {
        const row = await db.statement.findUnique({ where: { digest: statement }, select: { index: true } });
        return row && leafAt(Number(row.index));
      }
      const row = await db.leaf.findFirst({ where: { statement, stage }, orderBy: { index: 'desc' } });
      return row && toLeaf(row);
    },
    async leaves(from, to) {
      const rows = await db.leaf.findMany({ where: { index: { gte: from, lt: to } }, orderBy: { index: 'asc' } });
      return rows.map(toLeaf);
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
