import type { Uuid } from '../../domain/ids.js';
import type { Blobs } from '../../domain/ports.js';

/** Sealed bytes in memory. */
export function createMemoryBlobs(): Blobs {
  const parts = new Map<Uuid, Map<number, Uint8Array>>();
  return {
    putPart(upload, n, bytes) {
      parts.set(upload, (parts.get(upload) ?? new Map<number, Uint8Array>()).set(n, bytes.slice()));
      return Promise.resolve();
    },
    readPart: (upload, n, from, length) =>
      Promise.resolve(
        parts
          .get(upload)
          ?.get(n)
          ?.slice(from, from + length) ?? null,
      ),
    drop: (upload) => Promise.resolve(void parts.delete(upload)),
  };
}
