import type { Uuid } from '../../domain/ids.js';
import type { Blobs } from '../../domain/ports.js';

/** Sealed bytes in memory. */
export function createMemoryBlobs(): Blobs {
  const parts = new Map<Uuid, Map<number, Uint8Array>>();
  return {
    putPart(upload, n, bytes) {
      const there = parts.get(upload)?.get(n);
      if (there !== undefined) return Promise.resolve(Buffer.from(there).equals(bytes));
      parts.set(upload, (parts.get(upload) ?? new Map<number, Uint8Array>()).set(n, bytes.slice()));
      return Promise.resolve(true);
    },
    readPart: (upload, n, from, length) =>
      Promise.resolve(
        parts
          .get(upload)
          ?.get(n)
          ?.slice(from, from + length) ?? null,
      ),
    drop(upload) {
      const [first] = parts.get(upload)?.keys() ?? [];
      if (first !== undefined) parts.get(upload)?.delete(first);
      return Promise.resolve(first === undefined);
    },
    assertUsable: () => Promise.resolve(),
  };
}
