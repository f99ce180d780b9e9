/**
 * Sends a sealed body in parts of 8 MiB, in constant memory, and resumes after a cut.
 *
 * Sealing is a function of key, nonce and plaintext. The hash of each sealed part is recorded before the part leaves, so a
 * resumed pass that gives another hash read another plaintext: nothing of it is sent, and the file starts anew with another
 * key, because one nonce must not seal two plaintexts.
 */
import { bodyBytes, sealStream, STREAM_NONCE_BYTES } from '../../crypto/age/stream.js';
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { encodeDigest } from '../../crypto/merkle/digests.js';
import { PART_BYTES, partHash, partTreeOf, rootOfParts } from '../../crypto/part-tree.js';
import { createContentKey } from '../../crypto/seal.js';
import type { Digest, Uuid } from '../../domain/ids.js';
import { parseUuid } from '../../domain/ids.js';
import { uploadAnswer, uploadOpened } from '../../domain/wire/http-answers.js';
import { readAnswer, unreadable } from './answers.js';
import type { ClientContext, Progress } from './context.js';
import type { Door } from './door.js';
import { ParleyError, PolicyRefusal } from './error.js';
import { certain } from '../../domain/result.js';
import { createRecord, readRecord, writeRecord } from './key-store.js';

/** A file that can be read from its beginning more than once. */
export interface FileSource {
  readonly sizeBytes: number;
  open(): AsyncIterable<Uint8Array>;
}

export interface UploadedBody {
  readonly upload: Uuid;
  readonly contentKey: Uint8Array;
  readonly ciphertext: Digest;
  /** bytes of the sealed body */
  readonly size: number;
}

interface UploadRecord {
  readonly upload: string;
  readonly sizeBytes: number;
  readonly contentKey: string;
  readonly nonce: string;
}

/** A sealed part that has left, or was about to: made once, and before it leaves. */
interface PartRecord {
  readonly leaf: string;
}

const UPLOADS = 'uploads/';
const nameOf = (resume: string): string => `${UPLOADS}${resume}`;

const partsOfUpload = (upload: string): string => `parts/${upload}-`;

/**
 * Once the statement that takes these was accepted there is nothing to take up again, and the key needs not be kept here. The upload goes
 * before its parts: whoever still sends it looks for it.
 */
export async function forgetUploads({ store }: Pick<ClientContext, 'store'>, taken: readonly string[]): Promise<void> {
  if (taken.length === 0) return;
  for (const name of await store.names(UPLOADS)) {
    const record = (await readRecord(store, name)) as UploadRecord | null;
    if (record !== null && taken.includes(record.upload)) await store.remove(name);
  }
  // also where a program that was killed here had taken the upload away before
  for (const upload of taken) for (const part of await store.names(partsOfUpload(upload))) await store.remove(part);
}

/**
 * @param resume name under which a cut upload is taken up again: letters, digits, `_`, `-`
 * @throws ParleyError `FILE_CHANGED` where the file has not the size that it was said to have
 */
export async function uploadFile(context: ClientContext, source: FileSource, resume: string, progress?: Progress): Promise<UploadedBody> {
  const before = (await readRecord(context.store, nameOf(resume))) as UploadRecord | null;
  // an older version of this client kept its parts in it, and not each by itself
  if (before?.sizeBytes === source.sizeBytes && !('parts' in before)) {
    const held = await partsHeld(context.door, before.upload);
    const body = held === null ? null : await sendParts(context, source, before, held, resume, progress);
    if (body !== null) return body;
  }
  if (before !== null) await forgetUploads(context, [before.upload]);
  const record = await begin(context, source.sizeBytes, resume);
  const body = await sendParts(context, source, record, new Map(), resume, progress);
  if (body === null) throw changed();
  return body;
}

async function begin({ door, chance, store }: ClientContext, sizeBytes: number, resume: string): Promise<UploadRecord> {
  const { upload } = await openUpload(door, bodyBytes(sizeBytes));
  const contentKey = encodeBase64url(createContentKey('age', chance));
  const record = { upload: certain(parseUuid(upload)), sizeBytes, contentKey, nonce: encodeBase64url(chance.bytes(STREAM_NONCE_BYTES)) };
  await writeRecord(store, nameOf(resume), record);
  return record;
}

async function openUpload(door: Door, sizeBytes: number): Promise<{ upload: string }> {
  const opened = readAnswer(uploadOpened, await door.post('/v1/uploads', { sizeBytes }), 'upload');
  if (opened.partBytes !== PART_BYTES) throw unreadable('parts of another size');
  return opened;
}

/** @returns leaf hashes by part number; null where the gateway no longer knows the upload */
async function partsHeld(door: Door, upload: string): Promise<ReadonlyMap<number, string> | null> {
  try {
    const answer = readAnswer(uploadAnswer, await door.get(`/v1/uploads/${upload}`), 'upload');
    return new Map(answer.parts.map(({ n, leafHash }) => [n, leafHash]));
  } catch (error) {
    if (error instanceof PolicyRefusal && error.status === 404) return null;
    throw error;
  }
}

/** @returns null where the file is not the one that was begun: nothing of the other was sent */
async function sendParts(
  context: ClientContext,
  source: FileSource,
  record: UploadRecord,
  held: ReadonlyMap<number, string>,
  resume: string,
  progress?: Progress,
): Promise<UploadedBody | null> {
  const [contentKey, nonce] = [record.contentKey, record.nonce].map((text) => certain(decodeBase64url(text))) as [Uint8Array, Uint8Array];
  const total = bodyBytes(source.sizeBytes);
  const hashes: Uint8Array[] = [];
  let done = 0;
  for await (const part of partsOf(sealStream(source.open(), contentKey, nonce))) {
    const n = hashes.length;
    const hash = partHash(part);
    const leaf = encodeBase64url(hash);
    hashes.push(hash);
    done += part.length;
    if (done > total) throw changed();
    if (!(await isSealedOnce(context, record, { n, leaf }, resume))) return null;
    if (held.get(n) !== leaf) await putPart(context.door, record.upload, n, part);
    progress?.(done, total);
  }
  if (done !== total) throw changed();
  return { upload: certain(parseUuid(record.upload)), contentKey, ciphertext: encodeDigest(rootOfParts(hashes)), size: total };
}

/** Of several programs over one key store that send it, the first one's part counts: the others send the same bytes, or nothing. */
async function isSealedOnce(
  { store }: ClientContext,
  { upload }: UploadRecord,
  { n, leaf }: PartRecord & { readonly n: number },
  resume: string,
): Promise<boolean> {
  const name = `${partsOfUpload(upload)}${n}`;
  const isFirst = await createRecord(store, name, { leaf } satisfies PartRecord);
  if (!isFirst && ((await readRecord(store, name)) as PartRecord | null)?.leaf !== leaf) return false;
  // where another one has ended it, the parts that it sealed are forgotten, and whether this is one of them is not known
  if (((await readRecord(store, nameOf(resume))) as UploadRecord | null)?.upload === upload) return true;
  await store.remove(name);
  return false;
}

const putPart = (door: Door, upload: string, n: number, body: Uint8Array) =>
  door.ask({ method: 'PUT', path: `/v1/uploads/${upload}/parts/${n}`, body, contentType: 'application/octet-stream', signed: true });

const changed = (): ParleyError =>
  new ParleyError('FILE_CHANGED', 'The file changed while it was read.', 'Send it again when nothing writes to it.');

/** Sends a body that is sealed already; it cannot be resumed. */
export async function uploadBytes(context: ClientContext, body: Uint8Array, progress?: Progress): Promise<Uuid> {
  const { upload } = await openUpload(context.door, body.length);
  for (let n = 0; n < partTreeOf(body).parts.length; n++) {
    const part = body.subarray(n * PART_BYTES, (n + 1) * PART_BYTES);
    await putPart(context.door, upload, n, part);
    progress?.(n * PART_BYTES + part.length, body.length);
  }
  return certain(parseUuid(upload));
}

/** Cuts a stream into parts; each is to be done with before the next is asked for. */
async function* partsOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const part = new Uint8Array(PART_BYTES);
  let filled = 0;
  for await (const bytes of stream) {
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + PART_BYTES - filled);
      part.set(piece, filled);
      filled += piece.length;
      at += piece.length;
      if (filled < PART_BYTES) continue;
      yield part;
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}
