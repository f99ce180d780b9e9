import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
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
