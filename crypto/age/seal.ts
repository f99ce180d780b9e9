/** A seal: the file key of one item for one reader. Seal ‖ body is a file that stock age opens. */
import { native } from '#native';
import type { Chance } from '../../domain/ports.js';
import { encodeAgeSeal } from './header.js';
import { hpkeKeyAndNonce } from './hpke.js';
import { AGE_SUITES, FILE_KEY_BYTES, type AgeSuite } from './suite.js';
import { wrapKeyOf, ZERO_NONCE } from './wrap-key.js';
import { encapsulateXWing } from './x-wing.js';

export { parseAgeSeal, type AgeSeal } from './header.js';
export type { AgeSuite } from './suite.js';

/** 16 bytes, one key per item: never the same for two bodies. */
export const createFileKey = (chance: Chance): Uint8Array => chance.bytes(FILE_KEY_BYTES);

/**
 * Seals a file key to one reader. Two calls differ: each draws its own ephemeral key.
 * @param fileKey 16 bytes
 * @param publicKey raw, of the suite, found sound at enrolment
 * @returns the header of an age file with one stanza: 1,627 bytes (`age-pq-1`) or 168 (`age-x25519-1`)
 * @throws RangeError for a key of another length or an unsound one
 * @see https://c2sp.org/age
 */
export function sealFileKey(suite: AgeSuite, fileKey: Uint8Array, publicKey: Uint8Array, chance: Chance): Uint8Array {
  if (fileKey.length !== FILE_KEY_BYTES) throw new RangeError(`a file key is ${FILE_KEY_BYTES} bytes`);
  if (publicKey.length !== AGE_SUITES[suite].publicKeyBytes) throw new RangeError(`not a public key of ${suite}`);
  return suite === 'age-pq-1' ? sealHybrid(fileKey, publicKey, chance) : sealX25519(fileKey, publicKey, chance);
}

function sealHybrid(fileKey: Uint8Array, publicKey: Uint8Array, chance: Chance): Uint8Array {
  const { share, sharedSecret } = encapsulateXWing(publicKey, chance.bytes(64));
  const { key, nonce } = hpkeKeyAndNonce(sharedSecret);
  return encodeAgeSeal('age-pq-1', fileKey, share, native.chachaSeal(key, nonce, fileKey));
}

function sealX25519(fileKey: Uint8Array, publicKey: Uint8Array, chance: Chance): Uint8Array {
  const ephemeral = chance.bytes(32);
  const shared = native.x25519Shared(ephemeral, publicKey);
  if (shared === null) throw new RangeError('the recipient has a small order');
  const share = native.x25519Public(ephemeral);
  return encodeAgeSeal('age-x25519-1', fileKey, share, native.chachaSeal(wrapKeyOf(shared, share, publicKey), ZERO_NONCE, fileKey));
}
