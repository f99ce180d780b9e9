/** A body of the suite `openpgp-4`: one SEIPD packet of version 1, encrypted once under the item's session key. */
import { createMessage, encrypt } from 'openpgp';
import { no, ok, type Result } from '../../domain/result.js';
import { dateOf, type Instant } from '../../domain/time.js';
import { OPENPGP_4 } from './config.js';
import { parsePacketFrame, SEIPD_TAG } from './packet.js';
import { SESSION_CIPHER, SESSION_KEY_BYTES } from './seal.js';

const sessionKeyOf = (data: Uint8Array): { data: Uint8Array; algorithm: typeof SESSION_CIPHER } => {
  if (data.length !== SESSION_KEY_BYTES) throw new RangeError(`a session key is ${SESSION_KEY_BYTES} bytes`);
  return { data, algorithm: SESSION_CIPHER };
};

/**
 * Encrypts a whole body. Neither compressed (its size would tell of its content) nor signed (the item statement is), without a
 * file name.
 *
 * @param sessionKey 32 bytes, used for this body alone
 * @param at goes into the literal packet, which stock tools show
 */
export async function encryptOpenpgpBody(plaintext: Uint8Array, sessionKey: Uint8Array, at: Instant): Promise<Uint8Array> {
  const message = await createMessage({ binary: plaintext, date: dateOf(at) });
  return encrypt({ message, sessionKey: sessionKeyOf(sessionKey), format: 'binary', config: OPENPGP_4 });
}

/** @returns the same bytes where they are exactly one SEIPD packet of version 1 */
export function parseOpenpgpBody(bytes: Uint8Array): Result<Uint8Array, string> {
  const frame = parsePacketFrame(bytes, 0);
  if (!frame.ok) return frame;
  const isOne = frame.value.tag === SEIPD_TAG && frame.value.end === bytes.length;
  return isOne && bytes[frame.value.bodyAt] === 1 ? ok(bytes) : no('not exactly one encrypted packet of version 1');
}
