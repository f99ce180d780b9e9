/**
 * Public keys that no honest holder makes. Under a small-order Ed25519 key node:crypto and WebCrypto verify forgeries; a key with two
 * spellings would have two key ids; a small-order X25519 key makes every shared secret zero. Refused at enrolment.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { createKeyCache } from './key-cache.js';

const P25519 = 2n ** 255n - 19n;
/** Every u of small order, on the curve and on its twist; further ones that are listed are second spellings. @see https://cr.yp.to/ecdh.html#validate */
const SMALL_ORDER: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
  P25519 - 1n,
]);

// a millisecond a key: the same one is asked about at enrolment, at each later entry, and when it first verifies something
const soundKeys = createKeyCache<boolean>(4_096, (publicKey) => {
  try {
    const point = ed25519.Point.fromBytes(publicKey, false);
    return !point.isSmallOrder() && point.isTorsionFree();
  } catch {
    return false;
  }
});

/** Canonically encoded, on the curve, in the prime-order group, and not its neutral element (RFC 8032 §5.1.3). */
export const isSoundEd25519Key = (publicKey: Uint8Array): boolean => publicKey.length === 32 && soundKeys(publicKey);

/** Canonically encoded and not of small order: the all-zero key and its kin are refused (RFC 7748 §6.1). */
export function isSoundX25519Key(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32) return false;
  const u = littleEndian(publicKey);
  return u < P25519 && !SMALL_ORDER.has(u);
}

const littleEndian = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
