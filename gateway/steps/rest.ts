/**
 * What becomes of due work that failed. It is never dropped, neither a delivery nor an alarm: it rests, twice as long each time, so that what
 * fails for ever stands in nobody's way, and what it is about stays due when it was.
 */
import { Failure } from '../../domain/failure.js';
import type { OutboxRow } from '../../domain/ports.js';
import { plusMs } from '../../domain/time.js';
import type { Workshop } from '../workshop.js';

const REST_MS_MAX = 600_000;
/** trouble of the whole log: its lease runs out, and no row waits longer for it */
const NO_ROWS_FAULT: ReadonlySet<string> = new Set(['LOG_BEHIND', 'CLOCK_BEHIND', 'CLOCK_AHEAD', 'OVERLOADED', 'DRAINING']);

/**
 * @returns that it is not settled
 * @throws what failed, where the row is not to blame
 */
export async function rest({ store, clock, config, committer, onFailure }: Workshop, row: OutboxRow, failure: unknown): Promise<false> {
  // where no row can be written, as on a full disk, none is to blame: what a column does not take has another code
  const isWritable = committer.failed === null;
  if (failure instanceof Failure && (!isWritable || NO_ROWS_FAULT.has(failure.code))) throw failure;
  const restMs = Math.min(REST_MS_MAX, config.leaseMs * 2 ** (row.attempts - 1));
  // a store that is down keeps no rest: the lease runs out
  await store.rest(row.key, row.fence, plusMs(clock.now(), restMs)).catch(() => false);
  onFailure(failure);
  return false;
}
