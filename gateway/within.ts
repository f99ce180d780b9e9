import type { Clock } from '../domain/ports.js';

/** @returns null where it takes longer than `ms`: it goes on, and nobody waits for it */
export async function within<T>(ms: number, asked: Promise<T>, clock: Pick<Clock, 'sleep'>): Promise<T | null> {
  const enough = new AbortController();
  try {
    return await Promise.race([asked, clock.sleep(ms, enough.signal).then(() => null)]);
  } finally {
    enough.abort();
  }
}
