/**
 * Joins the next group commit: all rows that arrived while the last batch was written go into one transaction of one leaf range,
 * and one signature vouches for all their receipts. A conflict fails its own row only.
 */
import { Failure } from '../../domain/failure.js';
import type { CommitOutcome, CommitRow, Store } from '../../domain/ports.js';
import type { Receipt } from '../../domain/receipt.js';
import type { Instant } from '../../domain/time.js';
import type { ReceiptMaker } from '../audit/receipts.js';
import type { Committed, Committer } from '../committer.js';
import type { WalkConfig } from '../deps.js';

/** Batches under way at once: the database writes one while this process reads the answer to the other. */
const WRITES_MAX = 2;
/** Fewer rows wait for the batch that is under way: together they cost less than apart. */
const SECOND_ROWS_MIN = 16;

interface Waiting {
  readonly row: CommitRow;
  readonly bytes: number;
  readonly settle: (outcome: Committed) => void;
  readonly fail: (error: unknown) => void;
}

/** Takes from the front what fits one transaction. A row of more than a batch's bytes still travels, alone. */
function nextBatch(queue: Waiting[], { batchRowsMax, batchBytesMax }: WalkConfig): Waiting[] {
  const batch: Waiting[] = [];
  for (let bytes = 0; batch.length < batchRowsMax && queue[0] !== undefined;) {
    bytes += queue[0].bytes;
    if (batch.length > 0 && bytes > batchBytesMax) break;
    batch.push(queue.shift()!);
  }
  return batch;
}

async function settled(
  outcome: CommitOutcome,
  fresh: ReadonlyMap<number, Receipt>,
  receipts: ReceiptMaker,
  store: Store,
): Promise<Committed> {
  if (outcome.kind === 'replay' || outcome.kind === 'conflict') return outcome;
  const receipt = fresh.get(outcome.leaf.index) ?? (await receipts.ofLeaf(outcome.leaf, store));
  return { kind: outcome.kind, leaf: outcome.leaf, receipt };
}

export function createCommitter(store: Store, receipts: ReceiptMaker, config: WalkConfig, now: () => Instant): Committer {
  const queue: Waiting[] = [];
  const unanswered = new Set<Promise<void>>();
  let writing = 0;

  /** Writes what waits; where enough waits to fill another batch, it is under way while the answer to the first comes back. */
  const pump = (): void => {
    while (queue.length > 0 && (writing === 0 || (writing < WRITES_MAX && queue.length >= SECOND_ROWS_MIN))) {
      writing += 1;
      const answered = answer(nextBatch(queue, config)).finally(() => unanswered.delete(answered));
      unanswered.add(answered);
    }
  };

  const write = async (batch: readonly Waiting[]): Promise<readonly CommitOutcome[]> => {
    const rows = batch.map(({ row }) => row);
    try {
      return await store.commitBatch(rows, now());
    } finally {
      // the next is written while receipts for this one are signed
      writing -= 1;
      queueMicrotask(pump);
    }
  };

  const answer = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const outcomes = await write(batch);
      const leaves = outcomes.flatMap((outcome) => (outcome.kind === 'committed' ? [outcome.leaf] : []));
      const made = leaves.length === 0 ? [] : await receipts.ofBatch(leaves);
      const fresh = new Map(leaves.map((leaf, i) => [leaf.index, made[i]!]));
      await Promise.all(batch.map(({ settle, fail }, i) => settled(outcomes[i]!, fresh, receipts, store).then(settle, fail)));
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  };

  return {
    commit(row) {
      if (queue.length >= config.queueMax) return Promise.reject(new Failure('OVERLOADED', `${queue.length} rows wait`));
      return new Promise((settle, fail) => {
        queue.push({ row, bytes: row.statement?.raw.length ?? 0, settle, fail });
        // once what runs now has run, so that what arrived together is written together
        queueMicrotask(pump);
      });
    },
    get waiting() {
      return queue.length;
    },
    async drained() {
      while (unanswered.size > 0 || queue.length > 0) await (unanswered.size > 0 ? Promise.all(unanswered) : Promise.resolve());
    },
  };
}
