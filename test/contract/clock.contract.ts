/** What every clock must do. */
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../domain/ports.js';

/** @param pass lets `ms` go by on that clock */
export function clockContract(name: string, open: () => { readonly clock: Clock; pass(ms: number): Promise<void> }): void {
  describe(name, () => {
    it('tells whole milliseconds that do not run back', async () => {
      const { clock, pass } = open();
      const first = clock.now();
      await pass(20);
      expect(Number.isSafeInteger(first)).toBe(true);
      expect(clock.now() - first).toBeGreaterThanOrEqual(20);
    });

    it('wakes sleepers in the order of their ends, none too early', async () => {
      const { clock, pass } = open();
      const start = clock.now();
      const woken: [string, boolean][] = [];
      const sleep = (who: string, ms: number) => clock.sleep(ms).then(() => woken.push([who, clock.now() - start >= ms]));
      const all = [sleep('c', 60), sleep('a', 0), sleep('b', 30)];
      await pass(90);
      await Promise.all(all);
      expect(woken).toEqual([
        ['a', true],
        ['b', true],
        ['c', true],
      ]);
    });

    it('wakes at once when told to stop, also before it began', async () => {
      const { clock } = open();
      const stop = new AbortController();
      const asleep = clock.sleep(3_600_000_000, stop.signal);
      stop.abort();
      await asleep;
      await clock.sleep(3_600_000_000, stop.signal);
      expect(stop.signal.aborted).toBe(true);
    });
  });
}
