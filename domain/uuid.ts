import { parseUuid, type Uuid } from './ids.js';
import type { Chance } from './ports.js';
import { certain } from './result.js';

/** @returns a random UUID (version 4, RFC 9562) */
export function createUuid(chance: Chance): Uuid {
  const bytes = chance.bytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return certain(parseUuid([8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex)));
}
