/** HPKE base mode with X-Wing, HKDF-SHA-256 and ChaCha20-Poly1305, for the one message that a stanza holds. @see RFC 9180 §5.1 */
import { native } from '#native';
import { ascii, concat, NOTHING } from './bytes.js';

// KEM 0x647a (X-Wing), KDF 0x0001, AEAD 0x0003
const SUITE_ID = concat(ascii('HPKE'), Uint8Array.of(0x64, 0x7a, 0x00, 0x01, 0x00, 0x03));
const MODE_BASE = Uint8Array.of(0);
const INFO = ascii('age-encryption.org/mlkem768x25519');

const labeledExtract = (salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array =>
  native.hmacSha256(salt, ascii('HPKE-v1'), SUITE_ID, ascii(label), ikm);

/** @param length at most 32 bytes: one round of HKDF's expansion */
const labeledExpand = (prk: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array =>
  native.hmacSha256(prk, Uint8Array.of(0, length), ascii('HPKE-v1'), SUITE_ID, ascii(label), info, Uint8Array.of(1)).subarray(0, length);

/** The key and nonce of message 0, which is the only one. */
export function hpkeKeyAndNonce(sharedSecret: Uint8Array): { readonly key: Uint8Array; readonly nonce: Uint8Array } {
  const context = concat(MODE_BASE, labeledExtract(NOTHING, 'psk_id_hash', NOTHING), labeledExtract(NOTHING, 'info_hash', INFO));
  const secret = labeledExtract(sharedSecret, 'secret', NOTHING);
  return { key: labeledExpand(secret, 'key', context, 32), nonce: labeledExpand(secret, 'base_nonce', context, 12) };
}
