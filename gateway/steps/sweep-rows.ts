/** Drops what has done its work: settled rows of the outbox, sessions that ended, what keeps a login from being replayed. Bounded, so that it never stands in the way. */
import { DAY_MS, instantFromMs, plusMs } from '../../domain/time.js';
import { loginKey } from '../rows/login-row.js';
import type { Workshop } from '../workshop.js';

const ROWS_MAX = 1_000;
/** a settled row answers who asks again for the same work; nobody does after this */
const SETTLED_MS = 7 * DAY_MS;
/** of a clock: for as long as its exchange may come back to it */
const CLOCKS_MS = 400 * DAY_MS;
/** a session that just ended is still named in an answer */
const SESSIONS_MS = DAY_MS;

/** by then its request is dated too far from now: far more than the minute that it is good for (`open-session.ts`) */
const LOGINS_MS = DAY_MS;

/** @returns how many rows went */
export async function sweepRows({ store, clock }: Workshop): Promise<number> {
  const now = clock.now();
  const settled = await store.dropSettled(plusMs(now, -SETTLED_MS), plusMs(now, -CLOCKS_MS), ROWS_MAX);
  const sessions = await store.dropSessions(plusMs(now, -SESSIONS_MS), ROWS_MAX);
  return settled + sessions + (await store.dropGuards(loginKey(instantFromMs(0), ''), loginKey(plusMs(now, -LOGINS_MS), ''), ROWS_MAX));
}
