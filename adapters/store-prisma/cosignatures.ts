/** What witnesses signed, beside the checkpoints they signed. */
import type { Store } from '../../domain/ports.js';
import type { PrismaClient } from './generated/postgresql/client.js';
import { toCheckpoint } from './rows.js';

type Cosigned = Pick<Store, 'addCosignatures' | 'cosignatures' | 'newestCosigned'>;

export function cosignaturesOf(db: PrismaClient): Cosigned {
  return {
    async addCosignatures(n, added) {
      // one at a time and without a transaction: each line stands for itself, and both databases know ON CONFLICT
      for (const { witness, line } of added)
        await db.$executeRaw`INSERT INTO cosignature (n, witness, line) VALUES (${n}, ${witness}, ${line}) ON CONFLICT DO NOTHING`;
    },
    cosignatures: (n) => db.cosignature.findMany({ where: { n }, select: { witness: true, line: true }, orderBy: { witness: 'asc' } }),
    async newestCosigned(witnesses, quorum) {
      const [newest] = await db.cosignature.groupBy({
        by: ['n'],
        where: { witness: { in: [...witnesses] } },
        having: { n: { _count: { gte: quorum } } },
        orderBy: { n: 'desc' },
        take: 1,
      });
      const row = newest && (await db.checkpoint.findUnique({ where: { n: newest.n } }));
      return row ? toCheckpoint(row) : null;
    },
  };
}
