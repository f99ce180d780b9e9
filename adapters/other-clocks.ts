/** The clocks beside the system's own: how long this machine has been up, and the database server's. */
import { uptime } from 'node:os';
import type { Clock, OtherClock, Store } from '../domain/ports.js';

/** of this machine, sleep included; nobody sets it */
const upMs = (): number => uptime() * 1_000;

/**
 * @param system what is held against them: system time, and no clock of a gateway that is made to run in another
 * @param uptimeMs since the machine started
 * @returns the machine's uptime, which notices a clock that leaps while this process runs, and the database server's clock, which notices
 *   one that was wrong before; nothing notices that with the embedded database
 */
export function otherClocksOf(store: Pick<Store, 'serverTime'>, system: Pick<Clock, 'now'>, uptimeMs = upMs): readonly OtherClock[] {
  const [startedAt, startedUp] = [system.now(), uptimeMs()];
  return [
    {
      name: 'what this machine counted since the gateway began',
      aheadMs: () => Promise.resolve(system.now() - startedAt - (uptimeMs() - startedUp)),
    },
    {
      name: 'the database server’s',
      async aheadMs() {
        // before the question: an answer that takes long must not look like a clock that runs ahead
        const before = system.now();
        const theirs = await store.serverTime();
        return theirs === null ? 0 : before - theirs;
      },
    },
  ];
}
