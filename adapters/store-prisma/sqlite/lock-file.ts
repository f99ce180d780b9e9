/** One process per database file. A second one refuses to start; what a dead one left behind is taken over. */
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Failure } from '../../../domain/failure.js';

/** What this process holds: a file with our own pid that is not here is a dead container's, where pids repeat. */
const held = new Set<string>();

/** @returns gives the lock back */
export function lockFile(database: string): () => void {
  const path = `${database}.lock`;
  const own = `${path}.${process.pid}`;
  if (held.has(path)) throw new Failure('STORE_UNAVAILABLE', `${path} is held by this process`);
  writeFileSync(own, String(process.pid));
  try {
    takeOver(path, own);
  } finally {
    rmSync(own, { force: true });
  }
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
}

/** A link appears with its content or not at all, so that nobody ever reads half a pid. */
function takeOver(path: string, own: string): void {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      linkSync(own, path);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder !== null && holder !== process.pid && isAlive(holder)) {
      throw new Failure('STORE_UNAVAILABLE', `${path} is held by process ${holder}`);
    }
    rmSync(path, { force: true });
  }
  throw new Failure('STORE_UNAVAILABLE', `${path} could not be taken`);
}

function readHolder(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
