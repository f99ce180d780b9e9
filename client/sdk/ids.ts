/** Ids that a client makes, and values that it has just made and knows to be well formed. */
import { parseUuid, type Uuid } from '../../domain/ids.js';
import type { Chance } from '../../domain/ports.js';
import type { Result } from '../../domain/result.js';

/** @returns a random UUID (version 4, RFC 9562) */
export function createUuid(chance: Chance): Uuid {
  const bytes = chance.bytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return certain(parseUuid([8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex)));
}

/** For what cannot be otherwise. @throws RangeError where it is */
export function certain<T>(result: Result<T, string>): T {
  if (!result.ok) throw new RangeError(result.error);
  return result.value;
}
