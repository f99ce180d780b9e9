import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../gateway/main-folder.js';

const home = mkdtempSync(join(tmpdir(), 'parley-folder-'));
afterAll(() => rmSync(home, { recursive: true }));

describe('a folder of the gateway', () => {
  it('is made with those above it, for its owner alone, by whoever comes first', async () => {
    const deep = join(home, 'a', 'b', 'c');
    await Promise.all([makeFolder(deep), makeFolder(deep), makeFolder(join(home, 'a', 'd'))]);
    await makeFolder(deep);
    for (const path of [deep, join(home, 'a'), join(home, 'a', 'd')]) expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('is refused below a file, by the path that cannot be made', async () => {
    writeFileSync(join(home, 'file'), '');
    await expect(makeFolder(join(home, 'file', 'x'))).rejects.toMatchObject({ syscall: 'mkdir', path: join(home, 'file') });
  });

  it.skipIf(!existsSync('/proc/self'))(
    'is refused where there can be none, and not waited for (skipped where there is no /proc)',
    async () => {
      await expect(makeFolder('/proc/parley/data')).rejects.toMatchObject({ syscall: 'mkdir', path: '/proc/parley' });
    },
  );
});
