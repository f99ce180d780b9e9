/** Binds an item statement to its one content key: one body under two keys could say "granted" to one reader and "refused" to another. */
import { native } from '#native';
import type { Digest } from '../domain/ids.js';
import { encodeBase64url } from './base64url.js';

/**
 * The signed commitment to an item's content key. The reader recomputes it from the key in its own seal *before* it decrypts.
 * @param contentKey age's 16-byte file key, OpenPGP's session key, CMS's content-encryption key
 * @throws RangeError where a name holds a zero byte, which separates the parts
 * @see protocol.md 4
 */
export function keyCommitment(contentKey: Uint8Array, format: 'age' | 'openpgp' | 'cms', itemId: string, issuer: string): Digest {
  const parts = ['parley/item-key/v1', format, itemId, issuer];
  if (parts.some((part) => part.includes('\0'))) throw new RangeError('a zero byte inside a name');
  const committed = native.hkdfSha256(contentKey, new Uint8Array(0), new TextEncoder().encode(parts.join('\0')), 32);
  return encodeBase64url(committed) as Digest; // 32 bytes in base64url: what `parseDigest` would say
}
