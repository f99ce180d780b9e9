/** What takes away: events of old leaves, erased content, and rows that have done their work. */
import { viewHash } from '../../crypto/views.js';
import type { Store } from '../../domain/ports.js';
import { Prisma, type PrismaClient } from './generated/postgresql/client.js';
import type { RawQueries } from './hot-reads.js';
import type { Provider } from './outbox.js';
import { packErased, unpackViews } from './pack-views.js';
import { ownBytes } from './rows.js';

type Retention = Pick<Store, 'pruneViews' | 'eraseContent' | 'dropSettled' | 'dropSessions' | 'dropGuards'>;

export function retentionOf(db: PrismaClient, raw: RawQueries, provider: Provider): Retention {
  // another process's sweep is skipped, not waited for
  const skip = provider === 'postgresql' ? Prisma.sql`FOR UPDATE SKIP LOCKED` : Prisma.empty;
  return {
    async pruneViews(indexes) {
      const rows = await db.leaf.findMany({ where: { index: { in: [...indexes] } }, select: { index: true, views: true } });
      const pruned = rows.flatMap(({ index, views: packed }) => {
        const { views, erased } = unpackViews(packed);
        if (views.length === 0) return [];
        const left = [...erased, ...views.map(({ view, salt, event }) => ({ view, hash: viewHash(salt, event) }))];
        return [{ name: 'prune', sql: 'UPDATE leaf SET views = $1 WHERE idx = $2', values: [packErased(left), String(index)] }];
      });
      // not Prisma's transaction, which gives up where no connection is free for two seconds
      if (pruned.length > 0) await raw.transact(pruned);
    },
    async eraseContent(digest, before, raw) {
      const { count } = await db.statement.updateMany({ where: { digest, raw: ownBytes(before) }, data: { raw: ownBytes(raw) } });
      return count === 1;
    },
    dropSettled: (before, clocksBefore, limit) =>
      db.$executeRaw(Prisma.sql`
        DELETE FROM outbox WHERE key IN (
          SELECT key FROM outbox
          WHERE settled IS NOT NULL AND due < ${BigInt(before)} AND (kind <> 'clock' OR due < ${BigInt(clocksBefore)})
          ORDER BY due LIMIT ${limit} ${skip})`),
    // ASCII keys: both columns compare by code, so that the primary key finds the range
    dropGuards: (from, before, limit) =>
      db.$executeRaw(Prisma.sql`
        DELETE FROM guard WHERE key IN (
          SELECT key FROM guard WHERE key >= ${from} AND key < ${before} ORDER BY key LIMIT ${limit} ${skip})`),
    dropSessions: (before, limit) =>
      db.$executeRaw(Prisma.sql`
        DELETE FROM session WHERE id IN (SELECT id FROM session WHERE until < ${BigInt(before)} ORDER BY until LIMIT ${limit} ${skip})`),
  };
}
