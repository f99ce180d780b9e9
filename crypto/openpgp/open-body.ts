/** Opens bodies of the suite `openpgp-4`. Clients alone may import this file. */
import { decrypt, readMessage } from 'openpgp';
import { no, ok, type Result } from '../../domain/result.js';
import { parseOpenpgpBody } from './body.js';
import { OPENPGP_4 } from './config.js';
import { SESSION_CIPHER } from './seal.js';

/** of a body's plaintext, decompressed: gpg compresses, and a small body can be made to unfold without end */
export const OPENPGP_PLAINTEXT_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Decrypts a body, literal or compressed. A signature inside is not looked at: the item statement is the proof. Never as a stream: the
 * format's one check stands behind the last byte, and openpgp.js waits for ever on some streams that are no message.
 *
 * @param sessionKey 32 bytes, already held to the item's commitment
 * @returns the plaintext once its modification check has passed, never a part of it
 */
export async function openOpenpgpBody(body: Uint8Array, sessionKey: Uint8Array): Promise<Result<Uint8Array, string>> {
  const parsed = parseOpenpgpBody(body);
  if (!parsed.ok) return parsed;
  try {
    const config = { ...OPENPGP_4, maxDecompressedMessageSize: OPENPGP_PLAINTEXT_BYTES_MAX };
    const message = await readMessage({ binaryMessage: body, config });
    const { data } = await decrypt({ message, sessionKeys: { data: sessionKey, algorithm: SESSION_CIPHER }, format: 'binary', config });
    return ok(data);
  } catch {
    return no('the body does not open');
  }
}
