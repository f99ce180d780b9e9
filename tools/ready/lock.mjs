import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const beatMs = 2_000;
/** A holder that has not touched its lock for this long is taken for dead where its pids mean nothing (another container). */
const silentMs = 30_000;
/** … and for this long where they do, and one of them still runs: it may be another program's by now. */
const silentAliveMs = 600_000;
const retryMs = 100;

/**
 * Runs `work` while no other process that uses the same lock file does.
 * The file appears by `link`, so it is never seen half written, and it names its holder, so that a killed holder is noticed at once.
 * It names the holder's children too: an installer outlives a killed parent, and a second one beside it would ruin both their work.
 * @param work gets `record(childPids)`, to be called whenever that list changes
 * @param onWait called once, when somebody else is found to hold the lock
 */
export async function withLock(file, work, onWait = () => {}) {
  const mine = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  const write = (childPids) => writeFileSync(mine, JSON.stringify({ pids: [process.pid, ...childPids], host: hostname() }));
  write([]);
  let told = false;
  while (!take(mine, file)) {
    if (isAbandoned(file)) setAside(file);
    else {
      if (!told) onWait();
      told = true;
      await sleep(retryMs);
    }
  }
  rmSync(mine, { force: true });
  const beat = setInterval(() => touch(file), beatMs);
  const release = () => rmSync(file, { force: true });
  process.on('exit', release);
  try {
    return await work((childPids) => {
      try {
        write(childPids);
        renameSync(mine, file);
      } catch {
        // a full disk, or `dist` was removed under us: the work itself will say so
        rmSync(mine, { force: true });
      }
    });
  } finally {
    clearInterval(beat);
    process.off('exit', release);
    release();
  }
}

function take(mine, file) {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Exported for its test. A lock that vanishes while we look is not abandoned: the next round takes it. */
export function isAbandoned(file, now = Date.now()) {
  const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (touched === undefined) return false;
  const { pids, host } = readHolder(file);
  const here = host === hostname();
  const someAlive = here && pids.some(isAlive);
  if (here && !someAlive) return true;
  return now - touched > (someAlive ? silentAliveMs : silentMs);
}

/** Nobody, where the file says nothing that we understand: then only its silence counts. */
function readHolder(file) {
  try {
    const { pids, host } = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(pids) ? { pids, host } : { pids: [], host: '' };
  } catch {
    return { pids: [], host: '' };
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Of several waiters that find the same dead holder one wins the rename; a live lock caught by mistake is put back. */
function setAside(file) {
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (!isAbandoned(aside)) take(aside, file);
  rmSync(aside, { force: true });
}

function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // as above
  }
}
