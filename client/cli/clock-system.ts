/** The command line's own time and chance: it can import no adapter of the server's. */
import { webcrypto } from 'node:crypto';
import type { Chance, Clock } from '../../domain/ports.js';
import { instantFromMs } from '../../domain/time.js';

export const systemClock: Clock = {
  now: () => instantFromMs(Date.now()),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    }),
};

export const systemChance: Chance = { bytes: (length) => webcrypto.getRandomValues(new Uint8Array(length)) };
