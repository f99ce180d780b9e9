/** The newest served checkpoint as a file beside the database, so that a database that was set back is noticed. */
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from '../../domain/failure.js';
import type { CheckpointMark } from '../../domain/ports.js';

/**
 * @param path in an existing folder, best on another disk than the database
 * @throws Failure (each method) `STORE_UNAVAILABLE`: what cannot be read is not taken for absent
 */
export function createFileMark(path: string): CheckpointMark {
  let written = 0;
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
        const draft = await draftOf(() => `${path}.${process.pid}-${written++}.draft`, note);
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

/** Two processes of one data folder never share a draft, though in two containers they have one number: never into what is there. */
async function draftOf(nextName: () => string, text: string): Promise<string> {
  for (;;) {
    const draft = nextName();
    try {
      await writeSynced(draft, text);
      return draft;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure('STORE_UNAVAILABLE', `checkpoint mark: ${code}`, { cause: error });
  }
}
