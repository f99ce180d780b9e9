import { randomBytes } from 'node:crypto';
import type { Chance } from '../domain/ports.js';

/** Randomness of the operating system: fit for keys and salts. */
export const systemChance: Chance = { bytes: (length) => new Uint8Array(randomBytes(length)) };
