import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFolder } from '../../client/durable-file.js';

const home = mkdtempSync(join(tmpdir(), 'parley-folder-'));
afterAll(() => rmSync(home, { recursive: true }));

describe('a folder of a client', () => {
  it('is made with those above it, for its owner alone, and says which were missing', async () => {
    const deep = join(home, 'a', 'b');
    expect(await createFolder(deep)).toEqual([join(home, 'a'), deep]);
    expect(await createFolder(deep)).toEqual([]);
    expect(statSync(join(home, 'a')).mode & 0o777).toBe(0o700);
    const both = await Promise.all([createFolder(join(home, 'c')), createFolder(join(home, 'c'))]);
    expect(both.flat()).toEqual([join(home, 'c')]);
  });

  it.skipIf(!existsSync('/proc/self'))('is refused where there can be none, and not waited for', async () => {
    await expect(createFolder('/proc/parley/home')).rejects.toMatchObject({ syscall: 'mkdir', path: '/proc/parley' });
  });
});
