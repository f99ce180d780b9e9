/** Work that follows a commit: claimed under a lease, given back or ended under the fence of the claim. */
import type { Store } from '../../domain/ports.js';
import { present } from '../../domain/present.js';
import type { PrismaClient } from './generated/postgresql/client.js';
import type { RawQueries } from './hot-reads.js';
import { toOutbox } from './rows.js';

export type Provider = 'sqlite' | 'postgresql';

export function outboxOf(db: PrismaClient, raw: RawQueries, provider: Provider): Pick<Store, 'claim' | 'retry' | 'rest' | 'outboxOpen'> {
  // another process's claim is skipped, not waited for; the embedded database has one process
  const skip = provider === 'postgresql' ? 'FOR UPDATE SKIP LOCKED' : '';
  const claim = `
    UPDATE outbox SET fence = fence + 1, attempts = attempts + 1, leased_until = $1
    WHERE key IN (
      SELECT key FROM outbox
      WHERE settled IS NULL AND due <= $2 AND (leased_until IS NULL OR leased_until <= $2)
      ORDER BY due LIMIT $3 ${skip})
    RETURNING key, kind, statement, exchange, addressee, due, attempts, fence`;
  return {
    async claim(now, leaseMs, limit) {
      // past Prisma, as it follows every acceptance
      const rows = await raw.query('claim', claim, [now + leaseMs, now, limit]);
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
