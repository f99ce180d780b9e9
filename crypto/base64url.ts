/** Unpadded base64url (RFC 4648 §5), strict: every byte string has one spelling, and only that one is read. */
import { no, ok, type Result } from '../domain/result.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ascii = new TextEncoder();
const text = new TextDecoder();

const ENCODE = ascii.encode(ALPHABET);
const FOREIGN = 0xff;
const DECODE = new Uint8Array(256).fill(FOREIGN);
ENCODE.forEach((code, value) => {
  DECODE[code] = value;
});

/** @returns `bytes` as unpadded base64url */
export function encodeBase64url(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    // a byte past the end is undefined and counts as 0; the characters it alone would make fall outside `out` and are dropped
    const word = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
    out[at++] = ENCODE[word >> 18]!;
    out[at++] = ENCODE[(word >> 12) & 63]!;
    out[at++] = ENCODE[(word >> 6) & 63]!;
    out[at++] = ENCODE[word & 63]!;
  }
  return text.decode(out);
}

/**
 * Refuses padding, white space, the other alphabet, a length that no byte string has, and spare bits that are not zero:
 * exactly the texts that are not their own re-encoding.
 *
 * @param encoded the ASCII bytes of the text
 */
export function decodeBase64urlBytes(encoded: Uint8Array): Result<Uint8Array, string> {
  const { length } = encoded;
  const tail = length & 3;
  if (tail === 1) return no('not base64url: impossible length');
  const bytes = new Uint8Array((length * 3) >> 2);
  let seen = 0;
  let at = 0;
  for (let i = 0; i < length; i += 4) {
    const a = DECODE[encoded[i]!]!;
    const b = DECODE[encoded[i + 1]!]!;
    const c = i + 2 < length ? DECODE[encoded[i + 2]!]! : 0;
    const d = i + 3 < length ? DECODE[encoded[i + 3]!]! : 0;
    seen |= a | b | c | d;
    const word = (a << 18) | (b << 12) | (c << 6) | d;
    bytes[at++] = word >> 16;
    bytes[at++] = word >> 8;
    bytes[at++] = word;
    if (i + 4 > length && (word & (tail === 2 ? 0xffff : 0xff)) !== 0) return no('not base64url: spare bits are not zero');
  }
  return seen & 0x80 ? no('not base64url: foreign character') : ok(bytes);
}

/** The same for text. */
export const decodeBase64url = (encoded: string): Result<Uint8Array, string> => decodeBase64urlBytes(ascii.encode(encoded));
