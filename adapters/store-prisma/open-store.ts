import { statSync } from 'node:fs';
import { Failure } from '../../domain/failure.js';
import type { Store } from '../../domain/ports.js';
import { notOpened } from './not-opened.js';
import { openPostgresql } from './postgresql/open.js';
import { lockFile } from './sqlite/lock-file.js';
import { openSqlite } from './sqlite/open.js';
import { openThreaded } from './sqlite/threaded.js';

/**
 * Opens the database that the URL names and brings its schema up to date.
 * @param url `file:/path/to/parley.db` (its folder exists; this process alone) or `postgresql://…`
 * @param doubt called where what is acknowledged may be lost all the same, and while another process migrates
 * @param lost called where it answers nothing any more, and will not again
 * @throws Failure `STORE_UNAVAILABLE` where it cannot be reached or is held by another process; `CONFIG_INVALID` where it is newer than this program
 */
export async function openStore(
  url: string,
  doubt: (said: Failure) => void = () => undefined,
  lost: (why: Failure) => void = () => undefined,
): Promise<Store> {
  const scheme = url.slice(0, url.indexOf(':'));
  try {
    if (scheme === 'file') return await openFile(url.slice('file:'.length), lost);
    if (scheme === 'postgresql' || scheme === 'postgres') return await openPostgresql(url, doubt);
  } catch (error) {
    throw notOpened(error);
  }
  throw new Failure('CONFIG_INVALID', 'the database URL begins with file: or postgresql:');
}

/** In a thread where this runs compiled; tests run the source, which a thread of Node cannot load. */
async function openFile(path: string, lost: (why: Failure) => void): Promise<Store> {
  // before there is a lock beside it
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure('STORE_UNAVAILABLE', `${path} is a folder: name a file in it`);
  // taken here and not in the thread: it goes back once that has ended
  const unlock = await lockFile(path);
  try {
    const compiled = import.meta.url.endsWith('.js');
    return compiled
      ? await openThreaded(path, new URL('./sqlite/thread.js', import.meta.url), unlock, lost)
      : await openSqlite(path, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}
