/** Taking and bringing back a database, whichever it is. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseKind, LoadedDatabase, Snapshot } from '../../../domain/backup.js';
import { Failure } from '../../../domain/failure.js';
import { lockOf } from '../sqlite/lock-file.js';
import { assertServerEmpty, emptyServer, type Environment, loadIntoServer, snapshotOfServer } from './postgresql.js';
import { draftOfFile, keepFile, readFileSnapshot, snapshotOfFile } from './sqlite.js';

const FILE = 'file:';

/** Where a database's bytes lie before they have its name: a file beside it, so that a rename is enough. */
export const stagedFile = (url: string, folder: string): string =>
  databaseKindOf(url) === 'sqlite' ? `${pathOf(url)}.restoring` : join(folder, 'database');

/** A whole copy that lies there for as long as a restored database is given its name; null: none does. */
export const draftOf = (url: string): string | null => (databaseKindOf(url) === 'sqlite' ? draftOfFile(pathOf(url)) : null);

export const databaseKindOf = (url: string): DatabaseKind => (url.startsWith(FILE) ? 'sqlite' : 'postgresql');
const pathOf = (url: string): string => url.slice(FILE.length);

/**
 * The database as of now, in `file`, while others write on: everything that was acknowledged before is in it.
 * @throws Failure `CONFIG_INVALID` where there is no database, or the tools that take it are missing
 */
export function takeSnapshot(url: string, file: string, env: Environment): Promise<Snapshot> {
  if (databaseKindOf(url) === 'postgresql') return snapshotOfServer(url, file, env);
  // opening would make one
  if (!existsSync(pathOf(url))) throw new Failure('CONFIG_INVALID', `there is no database at ${pathOf(url)}`);
  return snapshotOfFile(pathOf(url), file);
}

/** @throws Failure `CONFIG_INVALID` where the place of the database holds anything */
export async function assertEmpty(url: string): Promise<void> {
  if (databaseKindOf(url) === 'postgresql') return assertServerEmpty(url);
  const path = pathOf(url);
  // an old log beside a new database would be replayed into it
  const there = withLogs(path).filter((name) => existsSync(name));
  if (there.length > 0)
    throw new Failure('CONFIG_INVALID', `${there.join(', ')} is there already: move it away, or restore into a new place`);
}

/** @throws Failure `CONFIG_INVALID` where the target holds anything; where it fails, the target is as empty as it was */
export async function loadSnapshot(url: string, file: string, env: Environment): Promise<LoadedDatabase> {
  if (databaseKindOf(url) === 'postgresql')
    return { url, snapshot: await loadIntoServer(url, file, env), keep: () => Promise.resolve(), undo: () => emptyServer(url) };
  await assertEmpty(url);
  let ours = tracesOf(file);
  return {
    url: `${FILE}${file}`,
    snapshot: await readFileSnapshot(file),
    keep() {
      // nothing had this name before
      ours = [...ours, ...withLogs(pathOf(url))];
      return keepFile(file, pathOf(url));
    },
    undo: async () => {
      for (const name of ours) await rm(name, { force: true });
    },
  };
}

/** A file of the embedded database, and the logs that belong to it: beside another database they would be replayed into that. */
const withLogs = (path: string): readonly string[] => ['', '-wal', '-shm', '-journal'].map((suffix) => `${path}${suffix}`);

/** All that a copy on its way leaves, with the lock of whoever checked it. */
export const tracesOf = (file: string): readonly string[] => [...withLogs(file), lockOf(file)];
