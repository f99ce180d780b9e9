import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { noiseDigest, noiseFile } from '../../demo/noise.js';

const NOISE = { seed: 29, sizeBytes: 200_000 };

it('gives the same bytes from the same seed each time that it is read, and others from another', async () => {
  const file = noiseFile(NOISE);
  for (const _ of [1, 2]) {
    const hash = createHash('sha256');
    let size = 0;
    for await (const piece of file.open()) {
      hash.update(piece);
      size += piece.length;
    }
    expect(size).toBe(file.sizeBytes);
    expect(hash.digest('hex')).toBe(noiseDigest(NOISE));
  }
  expect(noiseDigest({ ...NOISE, seed: 31 })).not.toBe(noiseDigest(NOISE));
});
