/** A file on this machine, read where one points at: a file of evidence may be larger than memory. */
import { open } from 'node:fs/promises';
import type { ReadAt } from '../sdk/index.js';

export async function openReadAt(path: string): Promise<ReadAt & { close(): Promise<void> }> {
  const file = await open(path, 'r');
  const found = await file.stat();
  if (found.isDirectory()) {
    await file.close();
    throw Object.assign(new Error('a folder'), { code: 'EISDIR', path });
  }
  const { size } = found;
  return {
    size,
    async read(from, length) {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length;) {
        const { bytesRead } = await file.read(bytes, at, length - at, from + at);
        if (bytesRead === 0) throw new RangeError(`${path} ended while it was read`);
        at += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}
