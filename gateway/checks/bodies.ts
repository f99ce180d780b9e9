/** Is every new item's body here, whole, and the one whose digest was signed? */
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { partTreeOf, rootOfParts } from '../../crypto/part-tree.js';
import type { AuthorityId, Uuid } from '../../domain/ids.js';
import type { Store } from '../../domain/ports.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Item } from '../read/library.js';
import type { Instant } from '../../domain/time.js';
import type { ParsedSubmission } from '../parsed.js';
import { isEnding } from '../uploads.js';

const bad = (detail: string): Result<never, Refusal> => no(refusal('BODY_MISMATCH', detail));

/** @returns the uploads that this statement takes */
export async function checkBodies(
  items: readonly Item[],
  bodies: ParsedSubmission['bodies'],
  owner: AuthorityId,
  store: Store,
  now: Instant,
): Promise<Result<readonly Uuid[], Refusal>> {
  if (bodies.size !== items.length) return bad('each new item has exactly one body');
  const uploads: Uuid[] = [];
  for (const { digest, payload } of items) {
    const body = bodies.get(digest);
    if (body === undefined) return bad(`no body for item ${digest}`);
    if (body.kind === 'inline') {
      const { root, size } = partTreeOf(body.bytes);
      if (size !== payload.size || encodeDigest(root) !== payload.ciphertext)
        return bad(`the body of ${digest} is not the one that was signed`);
      continue;
    }
    const upload = await store.upload(body.upload);
    // somebody else's upload and none at all look the same
    if (upload === null || upload.owner !== owner) return bad(`no upload ${body.upload}`);
    if (upload.claimedBy !== null) return bad(`upload ${body.upload} belongs to another statement`);
    if (isEnding(upload, now))
      return bad(`upload ${body.upload} was opened too long ago and is about to be dropped: upload the body again`);
    const parts = await store.parts(body.upload);
    const size = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
    if (size !== upload.sizeBytes) return bad(`upload ${body.upload} is not complete: ${size} of ${upload.sizeBytes} bytes`);
    const root = encodeDigest(rootOfParts([...parts].sort((a, b) => a.n - b.n).map((part) => part.leafHash)));
    if (size !== payload.size || root !== payload.ciphertext) return bad(`the upload for ${digest} is not the one that was signed`);
    uploads.push(body.upload);
  }
  return ok(uploads);
}
