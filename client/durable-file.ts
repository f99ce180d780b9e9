/** Files that are there after a loss of power: what must not be forgotten lies in them. */
import { link, mkdir, open, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Durable when it resolves, the file and its name in the folder: written beside, synced, renamed. Of several that replace the same file at
 * once, in one process or several, one comes last, and it is whole. Mode 0600; the folder must be there.
 *
 * @returns bytes written
 */
export async function replaceFile(path: string, bytes: Bytes): Promise<number> {
  const { beside, size } = await draftBeside(path, bytes);
  try {
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return size;
}

type Bytes = string | Uint8Array | AsyncIterable<Uint8Array>;

let drafts = 0;

/**
 * Of several that make the same file at once, in one process or several, one does. Durable, and whole, when it resolves.
 *
 * @returns false where the file is there already: it is as it was
 */
export async function makeFile(path: string, bytes: string | Uint8Array): Promise<boolean> {
  const { beside } = await draftBeside(path, bytes);
  try {
    await link(beside, path);
  } catch (error) {
    if (isThereAlready(error)) return false;
    throw error;
  } finally {
    await unlink(beside);
  }
  await syncFolder(dirname(path));
  return true;
}

/** Never into what is there: in two containers processes have one number, and who wrote into the other's draft would change what it made. */
async function draftBeside(path: string, bytes: Bytes): Promise<{ readonly beside: string; readonly size: number }> {
  for (;;) {
    const beside = `${path}.${process.pid}.${(drafts += 1)}.new`;
    try {
      return { beside, size: await writeSynced(beside, bytes) };
    } catch (error) {
      if (isThereAlready(error)) continue;
      // on a full disk what was written so far would be left
      await rm(beside, { force: true });
      throw atFile(error, path);
    }
  }
}

/** What fails in a file that is open, as on a full disk, does not say of itself in which. */
export const atFile = (error: unknown, path: string): unknown => (error instanceof Error ? Object.assign(error, { path }) : error);

const isThereAlready = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

async function writeSynced(path: string, bytes: Bytes): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    await writeFile(file, bytes);
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/**
 * Mode 0700, with every folder above it that was missing; durable when it resolves. Node's own `recursive` never comes back where a folder
 * takes no new ones, as under /proc.
 *
 * @returns those that were made, the innermost last
 */
export async function createFolder(folder: string): Promise<readonly string[]> {
  if (await isFolder(folder)) return [];
  const parent = dirname(folder);
  const above = parent === folder ? [] : await createFolder(parent);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // somebody else was faster
    if (await isFolder(folder)) return above;
    throw error;
  }
  await syncFolder(parent);
  return [...above, folder];
}

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** @returns null where there is no such file */
export async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
