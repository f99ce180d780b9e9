/**
 * Joins the next group commit: all rows that arrived while the last batch was written go into one transaction of one leaf range,
 * and one signature vouches for all their receipts. A conflict fails its own row only.
 */
import { Failure } from '../../domain/failure.js';
import type { CommitOutcome, CommitRow, Store, StoredLeaf } from '../../domain/ports.js';
import type { Receipt } from '../../domain/receipt.js';
import type { Instant } from '../../domain/time.js';
import type { ReceiptMaker } from '../audit/receipts.js';
import type { WalkConfig } from '../deps.js';

export type Committed =
  | { readonly kind: 'committed' | 'duplicate'; readonly leaf: StoredLeaf; readonly receipt: Receipt }
  | { readonly kind: 'replay' }
  | { readonly kind: 'conflict'; readonly on: string };

export interface Committer {
  /**
   * @returns what became of this row; `committed` is durable, whole or not at all
   * @throws Failure `OVERLOADED` past `queueMax`, `STORE_UNAVAILABLE`: then it may or may not be durable, and the same bytes find out
   */
  commit(row: CommitRow): Promise<Committed>;
  readonly waiting: number;
  /** resolves when nothing waits */
  drained(): Promise<void>;
}

interface Waiting {
  readonly row: CommitRow;
  readonly bytes: number;
  readonly settle: (outcome: Committed) => void;
  readonly fail: (error: unknown) => void;
}

export function createCommitter(store: Store, receipts: ReceiptMaker, config: WalkConfig, now: () => Instant): Committer {
  const queue: Waiting[] = [];
  let running: Promise<void> | null = null;

  const nextBatch = (): Waiting[] => {
    const batch: Waiting[] = [];
    for (let bytes = 0; batch.length < config.batchRowsMax && queue[0] !== undefined;) {
      bytes += queue[0].bytes;
      // a row of more than a batch's bytes still travels, alone
      if (batch.length > 0 && bytes > config.batchBytesMax) break;
      batch.push(queue.shift()!);
    }
    return batch;
  };

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const outcomes = await store.commitBatch(
        batch.map(({ row }) => row),
        now(),
      );
      const fresh = outcomes.flatMap((outcome) => (outcome.kind === 'committed' ? [outcome.leaf] : []));
      const made = fresh.length === 0 ? [] : await receipts.ofBatch(fresh);
      const byIndex = new Map(fresh.map((leaf, i) => [leaf.index, made[i]!]));
      await Promise.all(batch.map(async ({ settle, fail }, i) => settleOne(outcomes[i]!, byIndex).then(settle, fail)));
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  };

  const settleOne = async (outcome: CommitOutcome, byIndex: ReadonlyMap<number, Receipt>): Promise<Committed> => {
    if (outcome.kind === 'replay' || outcome.kind === 'conflict') return outcome;
    const receipt = byIndex.get(outcome.leaf.index) ?? (await receipts.ofLeaf(outcome.leaf, store));
    return { kind: outcome.kind, leaf: outcome.leaf, receipt };
  };

  const run = async (): Promise<void> => {
    // one turn of the event loop, so that what arrived together is written together
    await Promise.resolve();
    while (queue.length > 0) await write(nextBatch());
    running = null;
  };

  return {
    commit(row) {
      if (queue.length >= config.queueMax) return Promise.reject(new Failure('OVERLOADED', `${queue.length} rows wait`));
      return new Promise((settle, fail) => {
        queue.push({ row, bytes: row.statement?.raw.length ?? 0, settle, fail });
        running ??= run();
      });
    },
    get waiting() {
      return queue.length;
    },
    async drained() {
      while (running !== null) await running;
    },
  };
}
