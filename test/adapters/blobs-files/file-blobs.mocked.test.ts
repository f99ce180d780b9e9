/** A disk that takes a file and gives it no name: it is full, or it knows no links. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { link } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createFileBlobs } from '../../../adapters/blobs-files/file-blobs.js';
import { uuidOf } from '../../contract/store-rows.js';

vi.mock(import('node:fs/promises'), async (importOriginal) => {
  const real = await importOriginal();
  return { ...real, link: vi.fn(real.link) };
});

it('keeps nothing of a part that could be given no name, however often it comes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-blobs-'));
  const [blobs, u] = [createFileBlobs(folder), uuidOf('u')];
  for (const code of ['ENOSPC', 'EPERM']) {
    vi.mocked(link).mockRejectedValueOnce(Object.assign(new Error(code), { code }));
    await expect(blobs.putPart(u, 0, new Uint8Array(5))).rejects.toThrow(`BLOBS_UNAVAILABLE: putPart: ${code}`);
  }
  expect(readdirSync(join(folder, u.slice(0, 2), u))).toEqual([]);
  expect(await blobs.putPart(u, 0, new Uint8Array(5))).toBe(true);
  rmSync(folder, { recursive: true });
});
