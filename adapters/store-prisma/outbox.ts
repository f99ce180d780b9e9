/** Work that follows a commit: claimed under a lease, given back or ended under the fence of the claim. */
import type { Store } from '../../domain/ports.js';
import { present } from '../../domain/present.js';
import { Prisma, type PrismaClient } from './generated/postgresql/client.js';
import { type RawOutbox, toOutbox } from './rows.js';

export type Provider = 'sqlite' | 'postgresql';

export function outboxOf(db: PrismaClient, provider: Provider): Pick<Store, 'claim' | 'retry' | 'rest' | 'outboxOpen'> {
  // another process's claim is skipped, not waited for; the embedded database has one process
  const skip = provider === 'postgresql' ? Prisma.sql`FOR UPDATE SKIP LOCKED` : Prisma.empty;
  return {
    async claim(now, leaseMs, limit) {
      const rows = await db.$queryRaw<RawOutbox[]>(Prisma.sql`
        UPDATE outbox SET fence = fence + 1, attempts = attempts + 1, leased_until = ${BigInt(now + leaseMs)}
        WHERE key IN (
          SELECT key FROM outbox
          WHERE settled IS NULL AND due <= ${BigInt(now)} AND (leased_until IS NULL OR leased_until <= ${BigInt(now)})
          ORDER BY due LIMIT ${limit} ${skip})
        RETURNING key, kind, statement, exchange, addressee, due, attempts, fence`);
      return rows.map(toOutbox).sort((a, b) => a.due - b.due);
    },
    async retry(key, fence, due, parked, attempts) {
      const { count } = await db.outbox.updateMany({
        where: { key, fence, settled: null },
        data: { due, leasedUntil: null, settled: parked ? 'PARKED' : null, ...present({ attempts }) },
      });
      return count === 1;
    },
    async rest(key, fence, until) {
      const { count } = await db.outbox.updateMany({ where: { key, fence, settled: null }, data: { leasedUntil: until } });
      return count === 1;
    },
    outboxOpen: () => db.outbox.count({ where: { settled: null, kind: 'deliver' } }),
  };
}
