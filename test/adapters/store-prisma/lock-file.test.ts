import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFile } from '../../../adapters/store-prisma/sqlite/lock-file.js';

let database: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  database = join(mkdtempSync(join(tmpdir(), 'parley-lock-')), 'parley.db');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(join(database, '..'), { recursive: true });
});

const HOLDER = `
  Object.defineProperty(process, 'pid', { value: Number(process.argv[2]) });
  const { lockFile } = await import(process.argv[3]);
  await lockFile(process.argv[1]);
  process.stdout.write('held');
  setInterval(() => undefined, 60_000);
`;

/** Another process that has the database, under the number that it has in its own container. */
async function heldByOther(pid: number): Promise<{ kill(): Promise<void> }> {
  const compiled = new URL('../../../dist/adapters/store-prisma/sqlite/lock-file.js', import.meta.url).href;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', HOLDER, database, String(pid), compiled], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  const kill = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return { kill };
}

it('keeps a second opener out until the first gives it back', async () => {
  const unlock = await lockFile(database);
  expect(readdirSync(join(database, '..'))).toEqual(['parley.db.held']);
  await expect(lockFile(database)).rejects.toThrow('STORE_UNAVAILABLE');
  unlock();
  (await lockFile(database))();
});

it('keeps out while another process lives, also one with our own number in another container, and one whose number means nobody here', async () => {
  for (const pid of [process.ppid, process.pid, 4_194_303]) {
    const other = await heldByOther(pid);
    await expect(lockFile(database)).rejects.toThrow('is held');
    await other.kill();
    (await lockFile(database))();
  }
});

it('says where it cannot be held, as in a folder that is not there', async () => {
  await expect(lockFile(join(database, 'absent', 'parley.db'))).rejects.toThrow(/STORE_UNAVAILABLE: \S+absent\S+ cannot be made/);
});

it.skipIf(process.getuid?.() === 0)('is held by nobody who may not write (root may: skipped)', async () => {
  (await lockFile(database))();
  chmodSync(`${database}.held`, 0o400);
  await expect(lockFile(database)).rejects.toThrow('cannot be held: SQLITE_READONLY');
});

it('is free once its process is dead, whoever has its number by then', async () => {
  await (await heldByOther(process.ppid)).kill();
  (await lockFile(database))();
  // as earlier versions left them
  writeFileSync(`${database}.lock`, String(process.ppid));
  (await lockFile(database))();
});
