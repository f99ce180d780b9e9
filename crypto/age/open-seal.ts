/** Opening seals: for clients only. No file of the server may reach this one. */
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { native } from '#native';
import { isSameBytes } from './bytes.js';
import { ageHeaderMac, parseAgeSeal, type AgeSeal } from './header.js';
import { hpkeKeyAndNonce } from './hpke.js';
import type { AgeSuite } from './suite.js';
import { wrapKeyOf, ZERO_NONCE } from './wrap-key.js';
import { combine, expandXWingSeed, splitXWingShare } from './x-wing.js';

/**
 * The file key in a seal. What comes out is what *somebody* sealed to this key: compare the key commitment before anything is decrypted.
 * @param bytes the seal alone, without the body
 * @param secret 32 bytes, of `AgeKeyPair`
 * @returns the 16-byte file key; null where the seal is malformed, is another reader's, or its header was altered
 */
export function openAgeSeal(suite: AgeSuite, bytes: Uint8Array, secret: Uint8Array): Uint8Array | null {
  const seal = parseAgeSeal(suite, bytes);
  if (!seal.ok) return null;
  const fileKey = suite === 'age-pq-1' ? openHybrid(seal.value, secret) : openX25519(seal.value, secret);
  return fileKey !== null && isSameBytes(ageHeaderMac(fileKey, seal.value.signed), seal.value.mac) ? fileKey : null;
}

function openHybrid({ share, wrapped }: AgeSeal, secret: Uint8Array): Uint8Array | null {
  const { decapsulation, scalar, publicKey } = expandXWingSeed(secret);
  const { lattice, curve } = splitXWingShare(share);
  const curveSecret = native.x25519Shared(scalar, curve);
  if (curveSecret === null) return null;
  // ML-KEM answers a wrong ciphertext with a random secret: the tag below tells
  const sharedSecret = combine(ml_kem768.decapsulate(lattice, decapsulation), curveSecret, curve, publicKey.subarray(-32));
  const { key, nonce } = hpkeKeyAndNonce(sharedSecret);
  return native.chachaOpen(key, nonce, wrapped);
}

function openX25519({ share, wrapped }: AgeSeal, secret: Uint8Array): Uint8Array | null {
  const shared = native.x25519Shared(secret, share);
  return shared === null ? null : native.chachaOpen(wrapKeyOf(shared, share, native.x25519Public(secret)), ZERO_NONCE, wrapped);
}
