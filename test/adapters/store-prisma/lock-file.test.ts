import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFile } from '../../../adapters/store-prisma/sqlite/lock-file.js';

let database: string;
beforeEach(() => {
  database = join(mkdtempSync(join(tmpdir(), 'parley-lock-')), 'parley.db');
});
afterEach(() => rmSync(join(database, '..'), { recursive: true }));

it('keeps a second opener out until the first gives it back', () => {
  const unlock = lockFile(database);
  expect(() => lockFile(database)).toThrow('STORE_UNAVAILABLE');
  unlock();
  expect(existsSync(`${database}.lock`)).toBe(false);
  lockFile(database)();
});

it('keeps out while another process lives', () => {
  writeFileSync(`${database}.lock`, String(process.ppid));
  expect(() => lockFile(database)).toThrow(`is held by process ${process.ppid}`);
});

it('takes over from a process that is dead, from one that had our own pid, and from half a file', () => {
  for (const left of ['4194303', String(process.pid), '', 'x']) {
    writeFileSync(`${database}.lock`, left);
    lockFile(database)();
  }
});
