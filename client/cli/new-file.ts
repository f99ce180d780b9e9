/** Files that a command makes: what is there already, a half filled draft perhaps, is never written over. */
import { access, constants, lstat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
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

/** Mode 0600. @throws ParleyError `FILE_EXISTS` */
export async function writeNew(path: string, bytes: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'EEXIST' ? exists(path, error) : error;
  }
}
