/** Files that are there after a loss of power: what must not be forgotten lies in them. */
import { link, mkdir, open, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** so that no two write beside in the same file */
let made = 0;
const besideOf = (path: string): string => `${path}.${process.pid}.${(made += 1)}.new`;

/**
 * Durable when it resolves, the file and its name in the folder: written beside, synced, renamed. Of several that replace the same file at
 * once, in one process or several, one comes last, and it is whole. Mode 0600; the folder must be there.
 */
export async function replaceFile(path: string, bytes: string | Uint8Array): Promise<void> {
  const beside = besideOf(path);
  try {
    await writeSynced(beside, bytes);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * Of several that make the same file at once, in one process or several, one does. Durable, and whole, when it resolves.
 *
 * @returns false where the file is there already: it is as it was
 */
export async function makeFile(path: string, bytes: string | Uint8Array): Promise<boolean> {
  const beside = besideOf(path);
  await writeSynced(beside, bytes);
  try {
    await link(beside, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(beside);
  }
  await syncFolder(dirname(path));
  return true;
}

async function writeSynced(path: string, bytes: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
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

const isFolder = (path: string): Promise<boolean> =>
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
