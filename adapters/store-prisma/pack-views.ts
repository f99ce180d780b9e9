/** A leaf's views in one column: they are read together, and one value costs one insert. */
import type { LeafView } from '../../domain/ports.js';

const SALT_BYTES = 32;

/** A view whose authority is still text. */
export type PackedView = Omit<LeafView, 'view'> & { readonly view: string };

/** Per view: length of the authority code (1 byte), the code, the salt, length of the event (2 bytes, big-endian), the event. */
export function packViews(views: readonly LeafView[]): Uint8Array {
  return Buffer.concat(
    views.flatMap(({ view, salt, event }) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(event.length);
      return [Buffer.from([view.length]), Buffer.from(view, 'ascii'), salt, length, event];
    }),
  );
}

/** @param packed as `packViews` wrote it: our own bytes, trusted */
export function unpackViews(packed: Uint8Array): PackedView[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const views: PackedView[] = [];
  let at = 0;
  const take = (length: number): Buffer => bytes.subarray(at, (at += length));
  while (at < bytes.length) {
    const view = take(take(1).readUInt8()).toString('ascii');
    const salt = new Uint8Array(take(SALT_BYTES));
    views.push({ view, salt, event: new Uint8Array(take(take(2).readUInt16BE())) });
  }
  return views;
}
