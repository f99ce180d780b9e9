/**
 * Public keys that no honest holder makes. Under a small-order Ed25519 key node:crypto and WebCrypto verify forgeries; a key with two
 * spellings would have two key ids; a small-order X25519 key makes every shared secret zero. Refused at enrolment.
 */
import { ed25519, x25519 } from '@noble/curves/ed25519.js';

const P25519 = 2n ** 255n - 19n;

/** Canonically encoded, on the curve, in the prime-order group, and not its neutral element (RFC 8032 §5.1.3). */
export function isSoundEd25519Key(publicKey: Uint8Array): boolean {
  try {
    const point = ed25519.Point.fromBytes(publicKey, false);
    return !point.isSmallOrder() && point.isTorsionFree();
  } catch {
    return false;
  }
}

/** Canonically encoded and not of small order: the all-zero key and its kin are refused (RFC 7748 §6.1). */
export function isSoundX25519Key(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32 || littleEndian(publicKey) >= P25519) return false;
  try {
    x25519.getSharedSecret(ANY_SECRET, publicKey);
    return true;
  } catch {
    return false;
  }
}

// clamping makes every scalar a multiple of the cofactor, so any one secret takes all small-order points to zero, which noble refuses
const ANY_SECRET = new Uint8Array(32).fill(1);

const littleEndian = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
