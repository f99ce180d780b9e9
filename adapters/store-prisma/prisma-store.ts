/** The store's parts put together: reads through Prisma but for the hottest, the commit by whoever knows the database. */
import { Failure } from '../../domain/failure.js';
import { BATCH_ROWS_MAX, type CommitOutcome, type CommitRow, type Store } from '../../domain/ports.js';
import { cosignaturesOf } from './cosignatures.js';
import { databaseCodeOf } from './database-code.js';
import type { PrismaClient } from './generated/postgresql/client.js';
import { hotReads, type RawQueries } from './hot-reads.js';
import type { PlaceBatch } from './judge-row.js';
import { logReads } from './log-reads.js';
import { outboxOf, type Provider } from './outbox.js';
import { publicationOf } from './publication.js';
import { retentionOf } from './retention.js';
import { sessionsOf, uploadsOf } from './sessions-and-uploads.js';

/** What each database does its own way. */
export interface Database {
  readonly provider: Provider;
  readonly raw: RawQueries;
  readonly place: PlaceBatch;
  readonly serverTime: Store['serverTime'];
  close(): Promise<void>;
}

export function prismaStore(db: PrismaClient, { provider, raw, place, serverTime, close }: Database): Store {
  const reads = hotReads(raw);
  const store: Store = {
    ...reads,
    ...logReads(db),
    ...outboxOf(db, raw, provider),
    ...publicationOf(db, raw, provider),
    ...cosignaturesOf(db),
    ...sessionsOf(db),
    ...uploadsOf(db),
    ...retentionOf(db, raw, provider),
    async commitBatch(rows, now) {
      checkBatch(rows);
      const { start, placed } = await place(rows, now);
      return Promise.all(
        rows.map(async (row, n): Promise<CommitOutcome> => {
          const at = placed[n];
          if (at === undefined) throw new Failure('INVARIANT_BROKEN', 'a row of a batch has no verdict');
          if (at.kind === 'committed') return { kind: 'committed', leaf: { ...row.leaf, erased: [], index: at.index, batchStart: start } };
          return at.kind === 'duplicate' ? readDuplicate(reads, at.index) : at;
        }),
      );
    },
    serverTime,
    close,
  };
  return failing(store);
}

function checkBatch(rows: readonly CommitRow[]): void {
  if (rows.length > BATCH_ROWS_MAX) throw new Failure('INVARIANT_BROKEN', `a batch of ${rows.length} rows`);
  if (rows.some(({ statement, links }) => statement === null && links.length > 0)) {
    throw new Failure('INVARIANT_BROKEN', 'links without a statement');
  }
}

async function readDuplicate(reads: Pick<Store, 'leaf'>, index: number): Promise<CommitOutcome> {
  const leaf = await reads.leaf(index);
  if (leaf === null) throw new Failure('INVARIANT_BROKEN', `a statement is stored without its leaf ${index}`);
  return { kind: 'duplicate', leaf };
}

/** Whatever the database throws leaves here as a `Failure`; its message may name values, so only its code goes on. */
function failing(store: Store): Store {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]): Promise<unknown> => {
        try {
          return await (method.apply(target, args) as Promise<unknown>);
        } catch (error) {
          if (error instanceof Failure) throw error;
          const code = databaseCodeOf(error);
          const kind = name === 'commitBatch' && UNSTORABLE.test(code) ? 'INVARIANT_BROKEN' : 'STORE_UNAVAILABLE';
          throw new Failure(kind, `${String(name)}: ${code}`, { cause: error });
        }
      };
    },
  });
}

/** a value that a column does not take, in either database's words: trying again changes nothing, and nothing of the batch was written */
const UNSTORABLE = /^(?:2[23][0-9A-Z]{3}|SQLITE_CONSTRAINT.*)$/;
