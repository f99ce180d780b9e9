/**
 * Joins the next group commit: all rows that arrived while the last batch was written go into one transaction of one leaf range,
 * and one signature vouches for all their receipts. A conflict fails its own row only.
 */
import { Failure } from '../../domain/failure.js';
import type { CommitOutcome, CommitRow, Store, StoredLeaf } from '../../domain/ports.js';
import type { Receipt } from '../../domain/receipt.js';
import { formatInstant, plusMs, type Instant } from '../../domain/time.js';
import type { ReceiptMaker } from '../audit/receipts.js';
import type { Committed, Committer } from '../committer.js';
import type { WalkConfig } from '../deps.js';
import type { Standing } from '../standing.js';

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

/** a decision that is no older has waited for nothing: deciding it again would end the same way */
const FRESH_MS_MAX = 1_000;
const isFresh = ({ leaf, validUntil }: CommitRow, now: Instant): boolean =>
  leaf.at > plusMs(now, -FRESH_MS_MAX) && (validUntil === null || validUntil > now);

/** @throws Failure `CLOCK_BEHIND` */
async function settled(
  outcome: CommitOutcome,
  row: CommitRow,
  now: Instant,
  fresh: ReadonlyMap<number, Receipt>,
  receipts: ReceiptMaker,
  store: Store,
): Promise<Committed> {
  if (outcome.kind === 'conflict' && outcome.on.of === 'time' && isFresh(row, now))
    throw new Failure(
      'CLOCK_BEHIND',
      `it is ${formatInstant(now)} by this machine’s clock, and the log holds later decisions: nothing is written until it is past them; look at the clocks of all processes on this database`,
    );
  if (outcome.kind === 'replay' || outcome.kind === 'conflict') return outcome;
  const receipt = fresh.get(outcome.leaf.index) ?? (await receipts.ofLeaf(outcome.leaf, store));
  return { kind: outcome.kind, leaf: outcome.leaf, receipt };
}

async function writeBatch(
  batch: readonly Waiting[],
  store: Store,
  receipts: ReceiptMaker,
  now: Instant,
  following: () => Follow,
): Promise<void> {
  const follow = following();
  const failAll = (error: unknown): void => {
    for (const { fail } of batch) fail(error);
  };
  let outcomes: readonly CommitOutcome[];
  try {
    outcomes = await store.commitBatch(
      batch.map(({ row }) => row),
      now,
    );
  } catch (error) {
    // a row is not as the store takes it: nothing of the batch was written, and nobody else's row is to blame
    if (batch.length === 1 || !(error instanceof Failure && error.code === 'INVARIANT_BROKEN')) return failAll(error);
    for (const one of batch) await writeBatch([one], store, receipts, now, following);
    return;
  }
  try {
    // where several rows touch one key, PostgreSQL places some behind others: receipts are made in the order of the log, as they are ever after
    const leaves = outcomes
      .flatMap((outcome) => (outcome.kind === 'committed' ? [outcome.leaf] : []))
      .toSorted((a, b) => a.index - b.index);
    await follow(leaves);
    const made = leaves.length === 0 ? [] : await receipts.ofBatch(leaves);
    const fresh = new Map(leaves.map((leaf, i) => [leaf.index, made[i]!]));
    await Promise.all(batch.map(({ row, settle, fail }, i) => settled(outcomes[i]!, row, now, fresh, receipts, store).then(settle, fail)));
  } catch (error) {
    failAll(error);
  }
}

/** what stands in the way of every row */
const NOBODYS_WRITTEN: ReadonlySet<string> = new Set(['STORE_UNAVAILABLE', 'CLOCK_BEHIND']);

type Follow = (leaves: readonly StoredLeaf[]) => Promise<void>;

/**
 * Each batch stands behind the one before, and behind what any process has shown: in a database that was set back it does not, and nobody is
 * told that it is written.
 * @returns begins with a batch
 */
function followOf(standing: Pick<Standing, 'assert' | 'setBack' | 'shown' | 'hold'>): () => Follow {
  let last: StoredLeaf | undefined;
  return () => {
    // beside the commit, which takes longer; of what is shown meanwhile, as it may be of this batch, the log has as much
    const shown = standing.shown();
    return async (leaves) => {
      const [first] = leaves;
      if (first === undefined) return;
      if (last !== undefined && first.index <= last.index) {
        await standing.setBack(`the log ended at ${first.index} leaves, and this process had written ${last.index + 1}`, last);
        standing.assert();
      }
      if (first.index < (await shown)) {
        await standing.hold();
        standing.assert();
      }
      last = leaves.at(-1);
    };
  };
}

/** What asks the clocks stands in no queue yet, and waits all the same. */
function askingOf(standing: Pick<Standing, 'askClocks'>) {
  let asking = 0;
  return {
    get asking() {
      return asking;
    },
    async ask(): Promise<void> {
      asking += 1;
      await standing.askClocks().finally(() => (asking -= 1));
    },
  };
}

/** @param standing asked for each row: what must not be written any more, or in a time that has not come, is turned away before it waits */
export function createCommitter(
  store: Store,
  receipts: ReceiptMaker,
  config: WalkConfig,
  now: () => Instant,
  standing: Pick<Standing, 'askClocks' | 'mustBeAsked' | 'assert' | 'setBack' | 'shown' | 'hold'>,
): Committer {
  const queue: Waiting[] = [];
  const clocks = askingOf(standing);
  const waiting = (): number => queue.length + clocks.asking;
  let running: Promise<void> | null = null;
  let failed: Committer['failed'] = null;
  const follow = followOf(standing);
  const isWritten = <T>(outcome: T): T => {
    failed = null;
    return outcome;
  };
  const isNotWritten = (error: unknown): never => {
    if (error instanceof Failure && NOBODYS_WRITTEN.has(error.code)) failed = { code: error.code, at: now() };
    throw error;
  };

  const run = async (): Promise<void> => {
    // one turn of the event loop, so that what arrived together is written together
    await Promise.resolve();
    while (queue.length > 0) await writeBatch(nextBatch(queue, config), store, receipts, now(), follow);
    running = null;
  };

  return {
    async commit(row) {
      if (waiting() >= config.queueMax) throw new Failure('OVERLOADED', `${waiting()} rows wait`);
      if (standing.mustBeAsked(row.leaf.at)) await clocks.ask();
      standing.assert();
      return new Promise<Committed>((settle, fail) => {
        queue.push({ row, bytes: row.statement?.raw.length ?? 0, settle, fail });
        running ??= run();
      }).then(isWritten, isNotWritten);
    },
    get failed() {
      return failed;
    },
    get waiting() {
      return waiting();
    },
    async drained() {
      while (running !== null) await running;
    },
  };
}
