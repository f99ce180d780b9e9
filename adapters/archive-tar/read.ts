/** Reads an archive entry by entry; one that is cut or has more than its end is refused by that name. */
import { createHash } from 'node:crypto';
import { open, stat, type FileHandle } from 'node:fs/promises';
import type { ArchiveEntry } from '../../domain/backup.js';
import { Failure } from '../../domain/failure.js';
import { BLOCK, padding, parseHeader } from './header.js';

const CHUNK_BYTES = 1024 * 1024;

/**
 * Entries in their order; each may be read until the generator goes on.
 * @throws Failure `CONFIG_INVALID` where there is no such file, `INVARIANT_BROKEN` where it is cut or altered
 */
export async function* readArchive(path: string): AsyncGenerator<ArchiveEntry> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    let at = 0;
    for (;;) {
      const header = parseHeader(await readAt(file, at, BLOCK));
      if (header === null) break;
      const { name, sizeBytes } = header;
      const start = at + BLOCK;
      at = start + sizeBytes + padding(sizeBytes);
      if (at > size) throw cut();
      yield {
        name,
        sizeBytes,
        bytes: () => readAt(file, start, sizeBytes),
        saveTo: (target) => copyOut(file, start, sizeBytes, target),
      };
    }
    const rest = await readAt(file, at + BLOCK, BLOCK);
    if (at + 2 * BLOCK !== size || rest.some((byte) => byte !== 0))
      throw new Failure('INVARIANT_BROKEN', 'the archive is altered: something follows its end');
  } finally {
    await file.close();
  }
}

/** Looked at first: a pipe would be waited for, and a folder opens as well. */
async function openFile(path: string): Promise<FileHandle> {
  try {
    if (!(await stat(path)).isFile())
      throw new Failure('CONFIG_INVALID', `there is no archive at ${path}, but a folder, a pipe or a device`);
    return await open(path, 'r');
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('CONFIG_INVALID', `there is no archive at ${path}: ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
}

const cut = (): Failure => new Failure('INVARIANT_BROKEN', 'the archive is cut: it ends before its end');

async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, from + done);
    if (bytesRead === 0) throw cut();
    done += bytesRead;
  }
  return bytes;
}

async function copyOut(file: FileHandle, from: number, length: number, target: string): Promise<string> {
  const to = await open(target, 'wx', 0o600);
  const hash = createHash('sha256');
  try {
    for (let done = 0; done < length; done += CHUNK_BYTES) {
      const piece = await readAt(file, from + done, Math.min(CHUNK_BYTES, length - done));
      hash.update(piece);
      await to.writeFile(piece);
    }
    await to.sync();
    return hash.digest('base64url');
  } finally {
    await to.close();
  }
}
