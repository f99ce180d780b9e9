import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileMark } from '../../../adapters/mark-file/file-mark.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-mark-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the mark beside the database', () => {
  it('is nothing at first, then the last that was written, and no draft stays', async () => {
    const mark = createFileMark(join(folder, 'cosigned.note'));
    expect(await mark.read()).toBeNull();
    await Promise.all([mark.write('one\n'), mark.write('two\n')]);
    await mark.write('three\n');
    expect(await createFileMark(join(folder, 'cosigned.note')).read()).toBe('three\n');
    expect(await readdir(folder)).toEqual(['cosigned.note']);
  });

  it('is whole at any time, where two containers, in which processes have one number, write it at once', async () => {
    const path = join(folder, 'shared.note');
    const both = ['one ', 'two '].map((word) => ({ mark: createFileMark(path), note: word.repeat(5_000) }));
    for (let n = 0; n < 50; n += 1) {
      const ends = await Promise.allSettled(both.map(({ mark, note }) => mark.write(note)));
      expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      expect(both.map(({ note }) => note)).toContain(await both[0]!.mark.read());
    }
    await rm(path);
  });

  it('that cannot be read is a failure, and never taken for absent', async () => {
    await mkdir(join(folder, 'a-folder'));
    await expect(createFileMark(join(folder, 'a-folder')).read()).rejects.toThrow('STORE_UNAVAILABLE: mark beside the database: EISDIR');
    await expect(createFileMark(join(folder, 'absent', 'x')).write('x')).rejects.toThrow(
      'STORE_UNAVAILABLE: mark beside the database: ENOENT',
    );
  });

  it('that cannot be written is a failure, and leaves no draft', async () => {
    await mkdir(join(folder, 'full', 'in-the-way'), { recursive: true });
    await expect(createFileMark(join(folder, 'full', 'in-the-way')).write('x')).rejects.toThrow(
      /^STORE_UNAVAILABLE: mark beside the database: E/,
    );
    expect(await readdir(join(folder, 'full'))).toEqual(['in-the-way']);
  });
});
