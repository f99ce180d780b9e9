/** An upload that was let in. */
import type { AuthorityId } from '../../domain/ids.js';
import type { Uploads } from '../../gateway/uploads.js';

export async function opened(uploads: Pick<Uploads, 'open'>, owner: AuthorityId, sizeBytes: number) {
  const upload = await uploads.open(owner, sizeBytes);
  if (!upload.ok) throw new Error(upload.error.detail);
  return upload.value;
}
