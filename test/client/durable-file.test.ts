import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFolder, replaceFile } from '../../client/durable-file.js';

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

describe('a file that is replaced', () => {
  it('is whole, and no replacement fails, however many write it at once', async () => {
    const path = join(home, 'record');
    const texts = Array.from({ length: 20 }, (_, n) => String(n % 10).repeat(1 + ((n * 997) % 5_000)));
    await Promise.all(texts.map((text) => replaceFile(path, text)));
    expect(texts).toContain(readFileSync(path, 'utf8'));
    expect(readdirSync(home).filter((name) => name.startsWith('record'))).toEqual(['record']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is as it was where there is no room, and nothing lies beside it', async () => {
    await expect(replaceFile(join(home, 'none', 'record'), 'x')).rejects.toMatchObject({ code: 'ENOENT' });
    const folder = join(home, 'folder');
    mkdirSync(join(folder, 'record'), { recursive: true });
    await expect(replaceFile(join(folder, 'record'), 'x')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['record']);
  });
});
