import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { CANARY, ENCODINGS, needlesOf, plantOf, PLANTED } from './encodings.js';
import { emptyFound, searchPath } from './search.js';

const folder = mkdtempSync(join(tmpdir(), 'parley-search-'));
afterAll(() => rmSync(folder, { recursive: true }));

const searched = (bytes: Buffer) => {
  writeFileSync(join(folder, 'file'), bytes);
  return searchPath(folder, emptyFound());
};

describe('the search for canaries', () => {
  it('finds every encoding of a text, and takes none of another', () => {
    const found = searched(plantOf(CANARY));
    expect([...found.canary.keys()].sort()).toEqual([...ENCODINGS].sort());
    expect([...found.planted]).toEqual([]);
    expect([...searched(plantOf(PLANTED)).canary.keys()]).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4, 5])('finds base64 of a text behind %i other bytes', (offset) => {
    const text = Buffer.concat([Buffer.alloc(offset, 7), Buffer.from(`${CANARY}-and-more`)]);
    expect(searched(Buffer.from(text.toString('base64'))).canary.has(`base64 +${(offset % 3) as 0 | 1 | 2}`)).toBe(true);
  });

  it('finds a text that lies across two pieces', () => {
    const found = searched(Buffer.concat([Buffer.alloc(16 * 1024 * 1024 - 5), Buffer.from(CANARY)]));
    expect([...found.canary.keys()]).toEqual(['raw']);
  });

  it('inflates a stream with something behind it, and one with a name in its header', () => {
    const stream = gzipSync(Buffer.from(`--${CANARY}--`));
    expect([...searched(Buffer.concat([stream, Buffer.from('behind')])).canary.keys()]).toEqual(['gzip']);
    const named = Buffer.concat([
      stream.subarray(0, 3),
      Buffer.from([8]),
      stream.subarray(4, 10),
      Buffer.from('name\0'),
      stream.subarray(10),
    ]);
    expect([...searched(named).canary.keys()]).toEqual(['gzip']);
  });

  it('needs no longer needle than a canary has bytes', () => {
    for (const [, needle] of needlesOf(CANARY)) expect(needle.length).toBeLessThanOrEqual(2 * CANARY.length);
  });
});
