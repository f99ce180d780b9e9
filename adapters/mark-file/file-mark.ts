/** What is remembered of the log in a file beside the database, so that a database that was set back is noticed. */
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from '../../domain/failure.js';
import type { Mark } from '../../domain/ports.js';
import { syncFolder, writeDraft } from '../drafts.js';

/**
 * @param path in an existing folder, best on another disk than the database
 * @throws Failure (each method) `STORE_UNAVAILABLE`: what cannot be read is not taken for absent
 */
export function createFileMark(path: string): Mark {
  return {
    read: () =>
      failing(async () => {
        try {
          return await readFile(path, 'utf8');
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
          throw error;
        }
      }),
    write: (note) =>
      failing(async () => {
        const draft = await writeDraft(path, note);
        try {
          await rename(draft, path);
        } catch (error) {
          await rm(draft, { force: true });
          throw error;
        }
        await syncFolder(dirname(path));
      }),
  };
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure('STORE_UNAVAILABLE', `mark beside the database: ${code}`, { cause: error });
  }
}
