/** Two containers over one folder: in each of them the process has the same number, and counts its files alike. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';

it('of two that make one file at once under one process number one makes it, whole, and the other hears that it is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-durable-'));
  const one = await import('../../client/durable-file.js');
  vi.resetModules();
  const two = await import('../../client/durable-file.js');
  expect(one.makeFile).not.toBe(two.makeFile);
  for (let n = 0; n < 100; n += 1) {
    const path = join(folder, String(n));
    const made = await Promise.all([one.makeFile(path, 'one '.repeat(500)), two.makeFile(path, 'two '.repeat(500))]);
    expect(made.toSorted()).toEqual([false, true]);
    expect(readFileSync(path, 'utf8')).toBe((made[0] ? 'one ' : 'two ').repeat(500));
  }
  expect(readdirSync(folder)).toHaveLength(100);
  rmSync(folder, { recursive: true });
});
