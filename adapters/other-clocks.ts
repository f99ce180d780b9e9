/** The clocks beside the system's own: how long this machine has been up, and the database server's. */
import { uptime } from 'node:os';
import type { OtherClock, Store } from '../domain/ports.js';
import { createSystemClock } from './clock-system.js';

export interface Readings {
  /** system time, in milliseconds: no gateway's that is made to run in another time */
  readonly nowMs: () => number;
  /** since the machine started, sleep included; nobody sets it */
  readonly uptimeMs: () => number;
}

const system = createSystemClock();
const ofThisMachine: Readings = { nowMs: () => system.now(), uptimeMs: () => uptime() * 1_000 };

/**
 * @returns the machine's uptime, which notices a clock that leaps while this process runs, and the database server's clock, which notices
 *   one that was wrong before; nothing notices that with the embedded database
 */
export function otherClocksOf(store: Pick<Store, 'serverTime'>, { nowMs, uptimeMs }: Readings = ofThisMachine): readonly OtherClock[] {
  const [startedAt, startedUp] = [nowMs(), uptimeMs()];
  return [
    {
      name: 'what this machine counted since the gateway began',
      aheadMs: () => Promise.resolve(nowMs() - startedAt - (uptimeMs() - startedUp)),
    },
    {
      name: 'the database server’s',
      async aheadMs() {
        // before the question: an answer that takes long must not look like a clock that runs ahead
        const before = nowMs();
        const theirs = await store.serverTime();
        return theirs === null ? 0 : before - theirs;
      },
    },
  ];
}
