/** Writes an archive elsewhere and links it to its name when it is whole. */
import { createHash } from 'node:crypto';
import { link, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ArchiveSink } from '../../domain/backup.js';
import { Failure } from '../../domain/failure.js';
import { syncFolder } from '../drafts.js';
import { BLOCK, formatHeader, padding } from './header.js';

const CHUNK_BYTES = 1024 * 1024;

/**
 * @param path of a file that is not there yet
 * @param draft of one on the same medium, this process's own
 * @throws Failure `CONFIG_INVALID` where one is there, or cannot be made
 */
export async function createArchive(path: string, draft: string): Promise<ArchiveSink> {
  const file = await openNew(draft, path);
  const end = async (): Promise<void> => {
    await file.close();
    await rm(draft, { force: true });
  };
  return {
    addFile: (name, source) => copyIn(file, name, source),
    async add(name, bytes) {
      await file.writeFile(formatHeader(name, bytes.length));
      await file.writeFile(bytes);
      await file.writeFile(Buffer.alloc(padding(bytes.length)));
    },
    async finish() {
      await file.writeFile(Buffer.alloc(2 * BLOCK));
      await file.sync();
      try {
        // unlike a rename, a link does not replace what is there
        await link(draft, path);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const why = code === 'EEXIST' ? 'a file of that name is there already' : `this medium gives a file no second name (${code})`;
        throw new Failure('CONFIG_INVALID', `${path} cannot be the archive: ${why}`, { cause: error });
      } finally {
        await end();
      }
      await syncFolder(dirname(path));
    },
    abandon: end,
  };
}

async function openNew(draft: string, path: string): Promise<FileHandle> {
  try {
    return await open(draft, 'wx', 0o600);
  } catch (error) {
    throw new Failure('CONFIG_INVALID', `no archive can be made at ${path}`, { cause: error });
  }
}

async function copyIn(file: FileHandle, name: string, source: string): Promise<string> {
  const from = await open(source, 'r');
  const hash = createHash('sha256');
  try {
    const { size } = await from.stat();
    await file.writeFile(formatHeader(name, size));
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (let done = 0; done < size;) {
      const { bytesRead } = await from.read(chunk, 0, Math.min(CHUNK_BYTES, size - done), done);
      if (bytesRead === 0) throw new Failure('INVARIANT_BROKEN', 'a file became shorter while it was archived');
      const piece = chunk.subarray(0, bytesRead);
      hash.update(piece);
      await file.writeFile(piece);
      done += bytesRead;
    }
    await file.writeFile(Buffer.alloc(padding(size)));
    return hash.digest('base64url');
  } finally {
    await from.close();
  }
}
