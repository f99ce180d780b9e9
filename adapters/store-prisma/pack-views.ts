/** A leaf's views in one column: they are read together, and one value costs one insert. */
import { SALT_BYTES } from '../../crypto/views.js';
import type { ErasedView, LeafView } from '../../domain/ports.js';

/** in the place of an event's length: it was erased, and where its salt stood stands its view hash */
const ERASED = 0xffff;

/** Views whose authority is still text. */
export interface PackedViews {
  readonly views: readonly (Omit<LeafView, 'view'> & { readonly view: string })[];
  readonly erased: readonly (Omit<ErasedView, 'view'> & { readonly view: string })[];
}

/** Per view: length of the authority code (1 byte), the code, the salt, length of the event (2 bytes, big-endian), the event. */
export function packViews(views: readonly LeafView[]): Uint8Array {
  return Buffer.concat(views.flatMap(({ view, salt, event }) => [...headOf(view), salt, lengthOf(event.length), event]));
}

/** What is left after erasure. */
export function packErased(erased: PackedViews['erased']): Uint8Array {
  return Buffer.concat(erased.flatMap(({ view, hash }) => [...headOf(view), hash, lengthOf(ERASED)]));
}

const headOf = (view: string): [Buffer, Buffer] => [Buffer.from([view.length]), Buffer.from(view, 'ascii')];

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(length);
  return bytes;
}

/**
 * @param packed as written above: our own bytes, trusted
 * @returns corners of `packed`, which they keep in memory
 */
export function unpackViews(packed: Uint8Array): PackedViews {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const views: PackedViews['views'][number][] = [];
  const erased: PackedViews['erased'][number][] = [];
  let at = 0;
  const raw = new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength);
  const take = (length: number): Uint8Array => raw.subarray(at, (at += length));
  while (at < bytes.length) {
    const head = at + 1 + bytes[at]!;
    const view = bytes.toString('ascii', at + 1, head);
    at = head;
    const salt = take(SALT_BYTES);
    const length = bytes.readUInt16BE(at);
    at += 2;
    if (length === ERASED) erased.push({ view, hash: salt });
    else views.push({ view, salt, event: take(length) });
  }
  return { views, erased };
}
