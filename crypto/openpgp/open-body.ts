/** Opens bodies of the suite `openpgp-4`. Clients alone may import this file. */
import { decrypt, readMessage } from 'openpgp';
import { no, ok, type Result } from '../../domain/result.js';
import { parseOpenpgpBody } from './body.js';
import { OPENPGP_4 } from './config.js';
import { SESSION_CIPHER } from './seal.js';

/** of a whole body's plaintext, decompressed: gpg compresses, and a small body can be made to unfold without end */
export const OPENPGP_PLAINTEXT_BYTES_MAX = 64 * 1024 * 1024;
/** of a streamed one */
export const OPENPGP_STREAM_BYTES_MAX = 4 * 1024 * 1024 * 1024;

/**
 * Decrypts a whole body, literal or compressed. A signature inside is not looked at: the item statement is the proof.
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

/**
 * Decrypts a stream in constant memory. What comes out is unchecked until the end: the format has one check, behind the last
 * byte. Stage it, and show or keep nothing before the stream has closed without an error.
 *
 * @param body one SEIPD packet of version 1
 * @returns a stream that fails, at its end or before, where anything was altered, cut off or appended
 */
export async function openOpenpgpStream(body: ReadableStream<Uint8Array>, sessionKey: Uint8Array): Promise<ReadableStream<Uint8Array>> {
  const config = { ...OPENPGP_4, maxDecompressedMessageSize: OPENPGP_STREAM_BYTES_MAX, allowUnauthenticatedStream: true };
  const message = await readMessage({ binaryMessage: body, config });
  const { data } = await decrypt({ message, sessionKeys: { data: sessionKey, algorithm: SESSION_CIPHER }, format: 'binary', config });
  return data;
}
