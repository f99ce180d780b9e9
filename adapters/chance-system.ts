import { randomFillSync } from 'node:crypto';
import type { Chance } from '../domain/ports.js';

const POOL_BYTES = 4_096;
const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

/** Randomness of the operating system: fit for keys and salts. Drawn ahead by the page, since a call costs more than its bytes do. */
export const systemChance: Chance = {
  bytes(length) {
    if (length > POOL_BYTES / 4) return randomFillSync(new Uint8Array(length));
    if (used + length > POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    const drawn = pool.slice(used, used + length);
    // what was given out is forgotten here: nothing in memory foretells or repeats it
    pool.fill(0, used, used + length);
    used += length;
    return drawn;
  },
};
