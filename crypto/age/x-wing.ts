/** X-Wing: ML-KEM-768 and X25519 such that both must fall. @see draft-connolly-cfrg-xwing-kem, and C2SP age for `mlkem768x25519` */
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { sha3_256, shake256 } from '@noble/hashes/sha3.js';
import { native } from '#native';
import { ascii, concat } from './bytes.js';

export const ML_KEM_KEY_BYTES = 1_184;
const ML_KEM_CIPHERTEXT_BYTES = 1_088;
const LABEL = ascii('\\.//^\\');

/** The halves of a 32-byte seed, and the public key: ML-KEM's 1,184 bytes ‖ X25519's 32. */
export function expandXWingSeed(seed: Uint8Array): {
  readonly decapsulation: Uint8Array;
  readonly scalar: Uint8Array;
  readonly publicKey: Uint8Array;
} {
  const expanded = shake256(seed, { dkLen: 96 });
  const lattice = ml_kem768.keygen(expanded.subarray(0, 64));
  const scalar = expanded.subarray(64);
  return { decapsulation: lattice.secretKey, scalar, publicKey: concat(lattice.publicKey, native.x25519Public(scalar)) };
}

/**
 * @param coins 64 bytes of chance: ML-KEM's message, then the ephemeral scalar
 * @throws RangeError where a half of the public key is unsound, which enrolment refuses
 */
export function encapsulateXWing(
  publicKey: Uint8Array,
  coins: Uint8Array,
): { readonly share: Uint8Array; readonly sharedSecret: Uint8Array } {
  const theirs = publicKey.subarray(ML_KEM_KEY_BYTES);
  const ephemeral = coins.subarray(32);
  const lattice = ml_kem768.encapsulate(publicKey.subarray(0, ML_KEM_KEY_BYTES), coins.subarray(0, 32));
  const curveSecret = native.x25519Shared(ephemeral, theirs);
  if (curveSecret === null) throw new RangeError('the X25519 half of the recipient has a small order');
  const curveShare = native.x25519Public(ephemeral);
  return {
    share: concat(lattice.cipherText, curveShare),
    sharedSecret: combine(lattice.sharedSecret, curveSecret, curveShare, theirs),
  };
}

export const splitXWingShare = (share: Uint8Array): { readonly lattice: Uint8Array; readonly curve: Uint8Array } => ({
  lattice: share.subarray(0, ML_KEM_CIPHERTEXT_BYTES),
  curve: share.subarray(ML_KEM_CIPHERTEXT_BYTES),
});

export const combine = (latticeSecret: Uint8Array, curveSecret: Uint8Array, curveShare: Uint8Array, curveKey: Uint8Array): Uint8Array =>
  sha3_256(concat(latticeSecret, curveSecret, curveShare, curveKey, LABEL));
