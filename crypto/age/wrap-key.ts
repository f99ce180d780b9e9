/** What sealing and opening derive alike. */
import { native } from '#native';
import { ascii, concat } from './bytes.js';

const X25519_INFO = ascii('age-encryption.org/v1/X25519');

/** Under a key that is used once the nonce may be zero. */
export const ZERO_NONCE = new Uint8Array(12);

/** The key around the file key in an `X25519` stanza. */
export const wrapKeyOf = (shared: Uint8Array, share: Uint8Array, publicKey: Uint8Array): Uint8Array =>
  native.hkdfSha256(shared, concat(share, publicKey), X25519_INFO, 32);
