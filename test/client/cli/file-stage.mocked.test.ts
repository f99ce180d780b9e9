/** A file that is opened, where the file system gives no file a second name (vfat, some shares). */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { fileStage } from '../../../client/cli/commands/open.js';

vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof files>()),
  link: () => Promise.reject(Object.assign(new Error('operation not permitted'), { code: 'EPERM' })),
}));

const home = mkdtempSync(join(tmpdir(), 'parley-vfat-'));
afterAll(() => rmSync(home, { recursive: true }));

it('is kept all the same, and of two to one path the second is told', async () => {
  const path = join(home, 'annex');
  const [first, second] = [fileStage(path), fileStage(path)];
  await first.write(new Uint8Array([1]));
  await second.write(new Uint8Array([2, 2, 2]));
  await first.keep();
  await expect(second.keep()).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  await second.discard();
  expect([[...readFileSync(path)], readdirSync(home)]).toEqual([[1], ['annex']]);
});

it('leaves no empty file where what was written is gone', async () => {
  const path = join(home, 'gone');
  const stage = fileStage(path);
  await stage.write(new Uint8Array([1]));
  for (const name of readdirSync(home).filter((one) => one.startsWith('gone'))) rmSync(join(home, name));
  await expect(stage.keep()).rejects.toMatchObject({ code: 'ENOENT' });
  expect(readdirSync(home)).toEqual(['annex']);
});
