/** Where a backup works until it is whole: in a folder of its own beside the target, so that nothing unfinished has a name like it. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR_MS, type Instant } from '../domain/time.js';

const PREFIX = '.parley-backup-';
/** whoever has written nothing for so long was killed */
const LEFT_MS = 12 * HOUR_MS;

/**
 * @param beside a folder on the medium of what is made; what killed backups left in it goes
 * @returns a new folder in it, for its owner alone
 */
export async function makeDraftFolder(beside: string, now: Instant): Promise<string> {
  for (const name of await readdir(beside)) if (name.startsWith(PREFIX)) await clear(join(beside, name), now);
  return mkdtemp(join(beside, PREFIX));
}

async function clear(folder: string, now: Instant): Promise<void> {
  try {
    const written = await Promise.all(['', ...(await readdir(folder))].map(async (name) => (await stat(join(folder, name))).mtimeMs));
    if (now - Math.max(...written) > LEFT_MS) await rm(folder, { recursive: true, force: true });
  } catch (error) {
    // another account's stays, and one that is over goes by itself
    if (!['EACCES', 'EPERM', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
