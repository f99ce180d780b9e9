/** Hashes as the wire's `D` and back. */
import { parseDigest, type Digest } from '../../domain/ids.js';
import { decodeBase64url, encodeBase64url } from '../base64url.js';
import { HASH_BYTES, type Hash } from '../merkle.js';

/** @throws RangeError for anything but 32 bytes */
export function encodeDigest(hash: Hash): Digest {
  const digest = parseDigest(encodeBase64url(hash));
  if (!digest.ok) throw new RangeError(`a hash has ${HASH_BYTES} bytes`);
  return digest.value;
}

export function decodeDigest(digest: Digest): Hash {
  const bytes = decodeBase64url(digest);
  if (!bytes.ok) throw new RangeError('a Digest was cast instead of parsed');
  return bytes.value;
}
