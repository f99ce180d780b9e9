/** Pure JavaScript: browsers, and the yardstick for `node.ts`. */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { decode, encode } from './base64url.js';
import type { Native } from './native.js';
import { isSoundEd25519Key } from './small-order.js';

export const native: Native = {
  encodeBase64url: encode,
  decodeBase64url: decode,
  sha256: (...parts) => parts.reduce((hash, part) => hash.update(part), sha256.create()).digest(),
  hmacSha256: (key, ...parts) => parts.reduce((mac, part) => mac.update(part), hmac.create(sha256, key)).digest(),
  hkdfSha256: (secret, salt, info, length) => hkdf(sha256, secret, salt, info, length),
  chachaSeal: (key, nonce, plaintext) => chacha20poly1305(key, nonce).encrypt(plaintext),
  chachaSealPieces(key, nonce, plaintext) {
    const sealed = chacha20poly1305(key, nonce).encrypt(plaintext);
    return [sealed.subarray(0, plaintext.length), sealed.subarray(plaintext.length)];
  },
  chachaOpen(key, nonce, sealed) {
    const cipher = chacha20poly1305(key, nonce); // a wrong length here is our fault, and throws
    try {
      return cipher.decrypt(sealed);
    } catch {
      return null;
    }
  },
  x25519Public: (secret) => x25519.getPublicKey(secret),
  x25519Shared(secret, theirs) {
    if (secret.length !== 32 || theirs.length !== 32) throw new RangeError('X25519 keys are 32 bytes');
    try {
      return x25519.getSharedSecret(secret, theirs);
    } catch {
      return null;
    }
  },
  ed25519Public: (seed) => ed25519.getPublicKey(seed),
  ed25519Sign: (seed, message) => ed25519.sign(message, seed),
  ed25519Verify: (publicKey, message, signature) =>
    signature.length === 64 &&
    isSoundEd25519Key(publicKey) &&
    ed25519.verify(signature, message, publicKey, { zip215: false }) &&
    isInPrimeOrderGroup(signature.subarray(0, 32)),
};

// noble's equation has a cofactor and OpenSSL's has none: with key and commitment in the prime-order group both say the same
const isInPrimeOrderGroup = (commitment: Uint8Array): boolean => ed25519.Point.fromBytes(commitment, false).isTorsionFree();
