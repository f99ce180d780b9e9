/** System time with an offset that can be moved, forward only: a log does not run backwards. Whoever sleeps past a jump wakes. */
import type { Clock } from '../domain/ports.js';
import { plusMs, type Instant } from '../domain/time.js';

export interface MovableClock extends Clock {
  /** @returns false where `at` lies behind: nothing moved */
  moveTo(at: Instant): boolean;
}

/** @param start where it begins; from there it runs as fast as `system` */
export function createMovableClock(system: Clock, start: Instant): MovableClock {
  let offsetMs = start - system.now();
  const sleepers = new Set<() => void>();
  const now = (): Instant => plusMs(system.now(), offsetMs);
  return {
    now,
    moveTo(at) {
      if (at < now()) return false;
      offsetMs = at - system.now();
      for (const wake of [...sleepers]) wake();
      return true;
    },
    async sleep(ms, signal) {
      const until = plusMs(now(), Math.ceil(ms));
      while (now() < until && !signal?.aborted) {
        const jump = new AbortController();
        const wake = (): void => jump.abort();
        sleepers.add(wake);
        signal?.addEventListener('abort', wake);
        await system.sleep(until - now(), jump.signal);
        sleepers.delete(wake);
        signal?.removeEventListener('abort', wake);
      }
    },
  };
}
