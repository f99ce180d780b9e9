/** Unpadded base64url in plain JavaScript: what `noble.ts` offers, and the yardstick for what Node has built in. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ascii = new TextEncoder();
const text = new TextDecoder();

const ENCODE = ascii.encode(ALPHABET);
const FOREIGN_BIT = 0x80;
const DECODE = new Uint8Array(256).fill(0xff);
ENCODE.forEach((code, value) => {
  DECODE[code] = value;
});

/** @returns `bytes` as unpadded base64url */
export function encode(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 3);
  const out = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let at = 0;
  for (let i = 0; i < whole; i += 3) {
    const word = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
    out[at] = ENCODE[word >> 18]!;
    out[at + 1] = ENCODE[(word >> 12) & 63]!;
    out[at + 2] = ENCODE[(word >> 6) & 63]!;
    out[at + 3] = ENCODE[word & 63]!;
    at += 4;
  }
  if (whole < bytes.length) {
    // an absent second byte counts as 0; the character that it alone would make falls outside `out` and is dropped
    const word = (bytes[whole]! << 8) | bytes[whole + 1]!;
    out[at] = ENCODE[word >> 10]!;
    out[at + 1] = ENCODE[(word >> 4) & 63]!;
    out[at + 2] = ENCODE[(word << 2) & 63]!;
  }
  return text.decode(out);
}

/** @returns null for every text that is not its own re-encoding */
export function decode(written: string): Uint8Array | null {
  const encoded = ascii.encode(written);
  const tail = encoded.length % 4;
  const whole = encoded.length - tail;
  if (tail === 1) return null; // a length that no byte string has
  const bytes = new Uint8Array(Math.floor((encoded.length * 3) / 4));
  let seen = 0;
  let at = 0;
  for (let i = 0; i < whole; i += 4) {
    const a = DECODE[encoded[i]!]!;
    const b = DECODE[encoded[i + 1]!]!;
    const c = DECODE[encoded[i + 2]!]!;
    const d = DECODE[encoded[i + 3]!]!;
    seen |= a | b | c | d;
    bytes[at] = (a << 2) | (b >> 4);
    bytes[at + 1] = (b << 4) | (c >> 2);
    bytes[at + 2] = (c << 6) | d;
    at += 3;
  }
  if (tail > 0) {
    const a = DECODE[encoded[whole]!]!;
    const b = DECODE[encoded[whole + 1]!]!;
    const c = tail === 3 ? DECODE[encoded[whole + 2]!]! : 0;
    seen |= a | b | c;
    bytes[at] = (a << 2) | (b >> 4);
    bytes[at + 1] = (b << 4) | (c >> 2); // falls outside `bytes` where the tail is one byte
    if ((tail === 2 ? b & 15 : c & 3) !== 0) return null;
  }
  return seen & FOREIGN_BIT ? null : bytes;
}
