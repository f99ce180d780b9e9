/** Drops what has done its work: settled rows of the outbox, sessions that ended. Bounded, so that it never stands in the way. */
import { DAY_MS, plusMs } from '../../domain/time.js';
import type { Workshop } from '../workshop.js';

const ROWS_MAX = 1_000;
/** a settled row answers who asks again for the same work; nobody does after this */
const SETTLED_MS = 7 * DAY_MS;
/** of a clock: for as long as its exchange may come back to it */
const CLOCKS_MS = 400 * DAY_MS;
/** a session that just ended is still named in an answer */
const SESSIONS_MS = DAY_MS;

/** @returns how many rows went */
export async function sweepRows({ store, clock }: Workshop): Promise<number> {
  const now = clock.now();
  const settled = await store.dropSettled(plusMs(now, -SETTLED_MS), plusMs(now, -CLOCKS_MS), ROWS_MAX);
  return settled + (await store.dropSessions(plusMs(now, -SESSIONS_MS), ROWS_MAX));
}
