import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileBlobs } from '../../../adapters/blobs-files/file-blobs.js';
import type { Uuid } from '../../../domain/ids.js';
import { uuidOf } from '../../contract/store-rows.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-blobs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const u = uuidOf('u');

describe('blobs in files', () => {
  it('leave nothing but the parts, readable by their owner alone', async () => {
    const blobs = createFileBlobs(folder);
    await blobs.putPart(u, 0, new Uint8Array(5));
    await blobs.putPart(u, 0, new Uint8Array(5));
    const own = join(folder, u.slice(0, 2), u);
    expect(readdirSync(own)).toEqual(['0']);
    expect(statSync(join(own, '0')).mode & 0o777).toBe(0o600);
  });

  it('take one part from two containers at once, in which processes have one number', async () => {
    const both = [createFileBlobs(folder), createFileBlobs(folder)];
    for (let n = 0; n < 50; n += 1) {
      const bytes = new Uint8Array(5_000).fill(n);
      expect(await Promise.all(both.map((blobs) => blobs.putPart(u, n, bytes)))).toEqual([true, true]);
    }
    expect(readdirSync(join(folder, u.slice(0, 2), u))).toHaveLength(50);
  });

  it('take a part again where a program that was killed left a draft of it', async () => {
    const own = join(folder, u.slice(0, 2), u);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, `0.${process.pid}-0.draft`), 'half');
    expect(await createFileBlobs(folder).putPart(u, 0, new Uint8Array(5))).toBe(true);
  });

  it('drop what is large in pieces, so that nobody waits for all of it', async () => {
    const blobs = createFileBlobs(folder);
    const own = join(folder, u.slice(0, 2), u);
    mkdirSync(own, { recursive: true });
    for (let n = 0; n < 1_000; n += 1) writeFileSync(join(own, String(n)), '');
    const left: number[] = [];
    while (!(await blobs.drop(u))) left.push(readdirSync(own).length);
    expect(left).toEqual([750, 500, 250]);
    expect(readdirSync(join(folder, u.slice(0, 2)))).toEqual([]);
  });

  it('make no path of what is not an id or a number', async () => {
    const blobs = createFileBlobs(folder);
    await expect(blobs.putPart('../../x' as Uuid, 0, new Uint8Array(1))).rejects.toThrow('INVARIANT_BROKEN');
    await expect(blobs.readPart(u, -1, 0, 1)).rejects.toThrow('INVARIANT_BROKEN');
    await expect(blobs.drop('' as Uuid)).rejects.toThrow('INVARIANT_BROKEN');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('say that the disk failed and not how', async () => {
    mkdirSync(join(folder, u.slice(0, 2), u, '0'), { recursive: true });
    const blobs = createFileBlobs(folder);
    await expect(blobs.putPart(u, 0, new Uint8Array(1))).rejects.toThrow('BLOBS_UNAVAILABLE: putPart: EISDIR');
    // and nothing of what was half written stays: a full disk would stay full
    expect(readdirSync(join(folder, u.slice(0, 2), u))).toEqual(['0']);
    await expect(createFileBlobs(join(folder, 'absent')).putPart(u, 0, new Uint8Array(1))).rejects.toThrow('BLOBS_UNAVAILABLE');
  });
});
