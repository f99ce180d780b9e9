/** Sealed bytes in a folder: one file a part, under names that this program made. */
import { access, constants, type FileHandle, link, mkdir, open, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../../domain/failure.js';
import { parseUuid, type Uuid } from '../../domain/ids.js';
import type { Blobs } from '../../domain/ports.js';
import { syncFolder, writeDraft } from '../drafts.js';

/** files: 2 GiB of parts, a second or so on a disk */
const DROPPED_AT_ONCE = 250;

/**
 * @param root an existing folder on a local disk
 * @param assertOurs throws where another folder lies there, as when its volume was unmounted: what is put there is hidden when it is back,
 *   and what is not found there is neither lost nor removed
 * @throws Failure (each method) `BLOBS_UNAVAILABLE`
 */
export function createFileBlobs(root: string, assertOurs: () => Promise<void> = () => Promise.resolve()): Blobs {
  return {
    putPart: (upload, n, bytes) =>
      failing('putPart', async () => {
        await assertOurs();
        const folder = folderOf(root, upload);
        await makeFolder(root, folder);
        const path = join(folder, partName(n));
        const draft = await writeDraft(path, bytes);
        // unlike a rename, a link does not replace what another process has put there
        const isFirst = await link(draft, path)
          .then(() => true, isPresent)
          .finally(() => rm(draft, { force: true }));
        await syncFolder(folder);
        return isFirst || (await readFile(path)).equals(bytes);
      }),
    readPart: (upload, n, from, length) =>
      failing('readPart', async () => {
        const file = await openOrNull(join(folderOf(root, upload), partName(n)));
        if (file === null) {
          await assertOurs();
          return null;
        }
        try {
          return await readRange(file, from, length);
        } finally {
          await file.close();
        }
      }),
    drop: (upload) =>
      failing('drop', async () => {
        await assertOurs();
        const folder = folderOf(root, upload);
        // one after the other: on a volume that hangs, Node's own way would keep a thread for each of its files
        const names = (await readdir(folder).catch(ifAbsent)) ?? [];
        for (const name of names.slice(0, DROPPED_AT_ONCE)) await rm(join(folder, name), { force: true });
        if (names.length > DROPPED_AT_ONCE) return false;
        await rmdir(folder).catch(ifAbsent);
        await syncFolder(dirname(folder)).catch(ifAbsent);
        return true;
      }),
    assertUsable: () =>
      failing('assertUsable', async () => {
        await access(root, constants.W_OK);
        await assertOurs();
      }),
  };
}

/** 256 folders of uploads; the id is checked again, because here it becomes a path. */
function folderOf(root: string, upload: Uuid): string {
  if (!parseUuid(upload).ok) throw new Failure('INVARIANT_BROKEN', 'an upload without a UUID');
  return join(root, upload.slice(0, 2), upload);
}

function partName(n: number): string {
  if (!Number.isSafeInteger(n) || n < 0) throw new Failure('INVARIANT_BROKEN', 'a part without a number');
  return String(n);
}

/** A folder is durable once the one that names it is; synced each time, because who made it a moment ago may not have got there. */
async function makeFolder(root: string, folder: string): Promise<void> {
  for (const path of [dirname(folder), folder]) await mkdir(path, { mode: 0o700 }).catch(ifPresent);
  await syncFolder(dirname(folder));
  await syncFolder(root);
}

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    return ifAbsent(error);
  }
}

function ifAbsent(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

function ifPresent(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}

/** @returns fewer bytes where the part ends before */
async function readRange(file: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const { size } = await file.stat();
  const wanted = Math.max(0, Math.min(length, size - from));
  const bytes = new Uint8Array(wanted);
  let done = 0;
  while (done < wanted) {
    const { bytesRead } = await file.read(bytes, done, wanted - done, from + done);
    if (bytesRead === 0) return bytes.subarray(0, done);
    done += bytesRead;
  }
  return bytes;
}

function isPresent(error: unknown): false {
  ifPresent(error);
  return false;
}

async function failing<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('BLOBS_UNAVAILABLE', `${what}: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`, { cause: error });
  }
}
