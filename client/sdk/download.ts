/** Fetches a sealed body part by part; each is held to the signed root before anything is decrypted. */
import { decodeBase64url } from '../../crypto/base64url.js';
import { decodeDigest } from '../../crypto/merkle/digests.js';
import { partCount, verifyPart } from '../../crypto/part-tree.js';
import type { StatementOf } from '../../domain/statement.js';
import type { ClientContext, Progress } from './context.js';
import { ReadingRefused } from './error.js';
import { certain } from '../../domain/result.js';

/** tries of one part that did not verify: a cut is retried by the door, so a wrong part is a wrong answer */
const PART_TRIES_MAX = 2;

export type ReadingBody = { readonly bytes: string } | { readonly ticket: string; readonly sizeBytes: number; readonly parts: number };

/**
 * @param body as the access answer gave it
 * @throws ReadingRefused `CIPHERTEXT` for a part that is not the issuer's
 */
export async function* verifiedParts(
  context: ClientContext,
  item: StatementOf<'parley-item+json'>,
  body: ReadingBody,
  progress?: Progress,
): AsyncGenerator<Uint8Array> {
  const { size, ciphertext } = item.payload;
  const signed = { size, root: decodeDigest(ciphertext) };
  if ('bytes' in body) {
    const bytes = decodeBase64url(body.bytes);
    if (!bytes.ok || !verifyPart({ index: 0, bytes: bytes.value, path: [] }, signed)) throw altered(0);
    progress?.(size, size);
    yield bytes.value;
    return;
  }
  if (body.sizeBytes !== size || body.parts !== partCount(size)) throw altered(0);
  let done = 0;
  for (let index = 0; index < body.parts; index++) {
    const bytes = await fetchPart(context, body.ticket, index, signed);
    done += bytes.length;
    progress?.(done, size);
    yield bytes;
  }
}

async function fetchPart(
  context: ClientContext,
  ticket: string,
  index: number,
  signed: { size: number; root: Uint8Array },
): Promise<Uint8Array> {
  for (let tries = 0; tries < PART_TRIES_MAX; tries++) {
    const { bytes, headers } = await context.door.ask({ method: 'GET', path: `/v1/tickets/${ticket}/parts/${index}`, signed: true });
    const hashes = (headers.get('parley-part-path') ?? '').split(',').filter((text) => text !== '');
    const path = hashes.map((text) => decodeBase64url(text.trim()));
    if (path.every(({ ok }) => ok) && verifyPart({ index, bytes, path: path.map(certain) }, signed)) return bytes;
  }
  throw altered(index);
}

const altered = (index: number): ReadingRefused =>
  new ReadingRefused(
    'CIPHERTEXT',
    `Part ${index} is not what the issuer sealed.`,
    'Fetch it again later; if it stays so, tell the operator and the sender.',
  );
