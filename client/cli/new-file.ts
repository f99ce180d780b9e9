/** Files that a command makes: what is there already, a half filled draft perhaps, is never written over. */
import { access, constants, link, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { atFile, replaceFile } from '../durable-file.js';
import { ParleyError } from '../sdk/index.js';

const exists = (path: string, cause?: unknown): ParleyError =>
  new ParleyError('FILE_EXISTS', `There is a file ${path}, and it is left alone.`, 'Name another, or take that one away.', { cause });

/** Before an act that cannot be taken back. @throws ParleyError `FILE_EXISTS`; of the system, where nothing could be written there */
export async function requireNew(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  if (await isThere(path)) throw exists(path);
  await access(dirname(path), constants.W_OK);
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

/**
 * Mode 0600; whole and durable when it resolves, and what fails half-way, as on a full disk, leaves nothing in the way of the next try. Its name
 * is taken at once, by an empty file; the bytes are written beside it: whoever is killed leaves nothing there that looks whole.
 *
 * @returns bytes written
 * @throws ParleyError `FILE_EXISTS`; of the system, with the path
 */
export async function writeNew(path: string, bytes: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<number> {
  await takeName(path);
  try {
    return await replaceFile(path, bytes);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/**
 * What was written beside gets its name, where nothing has it by then. A file system that gives no file a second name, such as vfat, has the
 * name taken by an empty file first.
 *
 * @throws ParleyError `FILE_EXISTS`, and what was written stays beside; of the system, with the path
 */
export async function nameNew(beside: string, path: string): Promise<void> {
  try {
    await link(beside, path);
  } catch {
    await takeName(path);
    await rename(beside, path).catch(async (error: unknown) => {
      await rm(path, { force: true });
      throw error;
    });
  }
  await rm(beside, { force: true });
}

async function takeName(path: string): Promise<void> {
  const taken = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'EEXIST') throw exists(path, error);
    // the file need not be there: what lacks is its folder
    throw error.code === 'ENOENT' ? atFile(error, dirname(path)) : error;
  });
  await taken.close();
}
