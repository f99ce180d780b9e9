/** node:crypto, about twenty times as fast as `noble.ts` for bodies. The one file under crypto/ that may name `node:*`. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hash as hashOnce,
  hkdfSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { Verifier } from '../../domain/ports.js';
import { createKeyCache } from './key-cache.js';
import type { Native } from './native.js';
import { isSoundEd25519Key } from './small-order.js';

const TAG_BYTES = 16;
const CHACHA = { authTagLength: TAG_BYTES } as const; // unset, Node takes shorter tags for some modes
type Curve = 'Ed25519' | 'X25519';

const base64url = (raw: Uint8Array): string => {
  if (raw.length !== 32) throw new RangeError('a key of 32 bytes is expected');
  return Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('base64url');
};
// JWK (RFC 8037), because OpenSSL takes 500 µs to find its way through the same key in DER, and 60 here
const publicObject = (curve: Curve, raw: Uint8Array): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: curve, x: base64url(raw) }, format: 'jwk' });
// Node wants an `x` to be there and computes it from `d` all the same
const privateObject = (curve: Curve, raw: Uint8Array): KeyObject =>
  createPrivateKey({ key: { kty: 'OKP', crv: curve, d: base64url(raw), x: '' }, format: 'jwk' });
const rawPublic = (key: KeyObject): Uint8Array => plain(Buffer.from(key.export({ format: 'jwk' }).x as string, 'base64url'));
// a copy without Buffer's pool and Buffer's own slice semantics
const plain = (buffer: Uint8Array): Uint8Array => new Uint8Array(buffer);

// what OpenSSL gave us lies on a buffer of its own
const view = (buffer: Buffer): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);

const JOINED_BYTES_MAX = 2_048;
const scratch = new Uint8Array(JOINED_BYTES_MAX);
/** Parts laid side by side in memory that is reused at once, or null where they are too long: a copy of so few costs less than a hash object. */
function joined(parts: readonly Uint8Array[]): Uint8Array | null {
  let length = 0;
  for (const part of parts) {
    if (length + part.length > JOINED_BYTES_MAX) return null;
    scratch.set(part, length);
    length += part.length;
  }
  return scratch.subarray(0, length);
}

const verifyKeys = createKeyCache<KeyObject | null>(4_096, (raw) => (isSoundEd25519Key(raw) ? publicObject('Ed25519', raw) : null));
const signKeys = createKeyCache<KeyObject>(64, (seed) => privateObject('Ed25519', seed));

export const native: Native = {
  encodeBase64url: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url'),
  decodeBase64url(text) {
    // Node's decoder skips what it does not know and forgives spare bits: then the text is not its own re-encoding
    const bytes = Buffer.from(text, 'base64url');
    return bytes.toString('base64url') === text ? plain(bytes) : null;
  },
  sha256(...parts) {
    // in one call where it can be: no object is made for it
    const whole = parts.length === 1 ? parts[0]! : joined(parts);
    if (whole !== null) return view(hashOnce('sha256', whole, 'buffer'));
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return view(hash.digest());
  },
  hmacSha256(key, ...parts) {
    const mac = createHmac('sha256', key);
    for (const part of parts) mac.update(part);
    return plain(mac.digest());
  },
  hkdfSha256: (secret, salt, info, length) => new Uint8Array(hkdfSync('sha256', secret, salt, info, length)),
  chachaSeal(key, nonce, plaintext) {
    const [ciphertext, tag] = sealPieces(key, nonce, plaintext);
    const sealed = unfilled(plaintext.length + TAG_BYTES);
    sealed.set(ciphertext);
    sealed.set(tag, plaintext.length);
    return sealed;
  },
  chachaSealPieces: sealPieces,
  chachaOpen(key, nonce, sealed) {
    const decipher = createDecipheriv('chacha20-poly1305', key, nonce, CHACHA); // a wrong length here is our fault, and throws
    const end = sealed.length - TAG_BYTES;
    if (end < 0) return null;
    decipher.setAuthTag(sealed.subarray(end));
    const plaintext = decipher.update(sealed.subarray(0, end));
    try {
      decipher.final();
    } catch {
      return null;
    }
    return new Uint8Array(plaintext.buffer, plaintext.byteOffset, plaintext.length);
  },
  x25519Public: (secret) => rawPublic(privateObject('X25519', secret)),
  x25519Shared(secret, theirs) {
    const keys = { privateKey: privateObject('X25519', secret), publicKey: publicObject('X25519', theirs) };
    try {
      return plain(diffieHellman(keys));
    } catch {
      return null; // OpenSSL refuses to derive an all-zero secret
    }
  },
  ed25519Public: (seed) => rawPublic(signKeys(seed)),
  ed25519Sign: (seed, message) => plain(sign(null, message, signKeys(seed))),
  ed25519Verify(publicKey, message, signature) {
    const key = publicKey.length === 32 ? verifyKeys(publicKey) : null;
    return key !== null && verify(null, message, key, signature);
  },
};

/**
 * The gateway's verifier: in the thread pool, beside the event loop, over the same cached keys. Says the same as `ed25519Verify`.
 */
export const poolVerifier: Verifier = {
  verify(publicKey, message, signature) {
    const key = publicKey.length === 32 ? verifyKeys(publicKey) : null;
    if (key === null) return false;
    return new Promise((resolve) => {
      verify(null, message, key, signature, (error, fits) => resolve(error === null && fits));
    });
  },
};

function sealPieces(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): [Uint8Array, Uint8Array] {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, CHACHA);
  const ciphertext = cipher.update(plaintext);
  cipher.final();
  return [new Uint8Array(ciphertext.buffer, ciphertext.byteOffset, ciphertext.length), plain(cipher.getAuthTag())];
}

// not zeroed first: every byte is written before it is returned
const unfilled = (length: number): Uint8Array => new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
