import { Failure } from '../../domain/failure.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Our own JSON: its shape is trusted, since it was parsed before it was written.
 *
 * @param what it is of: an id, for the operator
 * @throws Failure `INVARIANT_BROKEN` where it was damaged, without a word of it
 */
export function storedJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    throw new Failure('INVARIANT_BROKEN', `${what}, as stored, does not parse`);
  }
}
