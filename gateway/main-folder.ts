/** Files and folders of the gateway's programs, and whom its files of keys are open to. A folder may be a place of its own, such as a volume: it can be emptied, and not removed or replaced. */
import { readFileSync, statSync } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../domain/failure.js';

/** the file system's own, at the top of a volume */
const SYSTEMS_OWN = 'lost+found';
/** every right of accounts that are neither the owner nor of its group */
export const OTHERS = 0o007;

/** @returns none where there is no folder */
export async function namesIn(path: string): Promise<readonly string[]> {
  return (await isFolder(path)) ? (await readdir(path)).filter((name) => name !== SYSTEMS_OWN) : [];
}

export async function emptyFolder(path: string): Promise<void> {
  for (const name of await namesIn(path)) await rm(join(path, name), { recursive: true, force: true });
}

/** Names in it are durable then. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync();
  await folder.close();
}

/**
 * And those above it; Node's own `recursive` never comes back where a folder takes no new ones, as under /proc.
 * @throws as `mkdir` does, with the path that cannot be made
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    // another process of this gateway was faster
    if (!(await isFolder(path))) throw error;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * @param what whose key it is
 * @throws Failure `CONFIG_INVALID` where every account of this machine may read or write it; as `stat` does where it is not there
 */
export function assertClosed(what: string, path: string): void {
  if (process.platform === 'win32' || (statSync(path).mode & OTHERS) === 0) return;
  throw new Failure(
    'CONFIG_INVALID',
    `the ${what} key file ${path} is open to every account of this machine: chmod 600 it; of a mounted secret set the mode 0440, and the group`,
  );
}

/** A small text file, whole. @returns null where it cannot be read */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
