/** age keys as raw bytes: what the directory lists. */
import { native } from '#native';
import type { Chance } from '../../domain/ports.js';
import { isSoundX25519Key } from '../native/small-order.js';
import { AGE_SUITES, type AgeSuite } from './suite.js';
import { expandXWingSeed, ML_KEM_KEY_BYTES } from './x-wing.js';

export interface AgeKeyPair {
  readonly suite: AgeSuite;
  /** X25519: 32 bytes; age-pq-1: ML-KEM-768's 1,184 ‖ X25519's 32. */
  readonly publicKey: Uint8Array;
  /** 32 bytes: the X25519 scalar, or X-Wing's seed. */
  readonly secret: Uint8Array;
}

export function createAgeKey(suite: AgeSuite, chance: Chance): AgeKeyPair {
  const secret = chance.bytes(32);
  return { suite, publicKey: agePublicKey(suite, secret), secret };
}

export const agePublicKey = (suite: AgeSuite, secret: Uint8Array): Uint8Array =>
  suite === 'age-pq-1' ? expandXWingSeed(secret).publicKey : native.x25519Public(secret);

/** Asked at enrolment: exact length, no small-order curve point, and ML-KEM's coefficients below the modulus (FIPS 203 §7.2). */
export function isSoundAgeKey(suite: AgeSuite, publicKey: Uint8Array): boolean {
  if (publicKey.length !== AGE_SUITES[suite].publicKeyBytes) return false;
  return isSoundX25519Key(publicKey.subarray(-32)) && (suite === 'age-x25519-1' || isReducedLattice(publicKey));
}

const ML_KEM_MODULUS = 3_329;
const ML_KEM_SEED_BYTES = 32;

// two coefficients of 12 bits in every three bytes; the last 32 bytes are the matrix's seed
function isReducedLattice(publicKey: Uint8Array): boolean {
  const packed = new DataView(publicKey.buffer, publicKey.byteOffset, ML_KEM_KEY_BYTES - ML_KEM_SEED_BYTES);
  for (let at = 0; at < packed.byteLength; at += 3) {
    const low = packed.getUint16(at, true) & 0xfff;
    const high = packed.getUint16(at + 1, true) >> 4;
    if (low >= ML_KEM_MODULUS || high >= ML_KEM_MODULUS) return false;
  }
  return true;
}
