/** A large file that nobody has to ship: the same bytes from the same seed, made while they are read. */
import { createHash } from 'node:crypto';
import type { FileSource } from '../client/sdk/index.js';

export interface Noise {
  readonly seed: number;
  /** a multiple of 4 */
  readonly sizeBytes: number;
}

const PIECE_BYTES = 64 * 1024;

/** xorshift32 (Marsaglia 2003): looks random, does not compress, and is no secret. */
function* pieces({ seed, sizeBytes }: Noise): Generator<Uint8Array> {
  let state = seed | 1;
  for (let done = 0; done < sizeBytes; done += PIECE_BYTES) {
    const words = new Uint32Array(Math.min(PIECE_BYTES, sizeBytes - done) / 4);
    for (let at = 0; at < words.length; at++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      words[at] = state;
    }
    yield new Uint8Array(words.buffer);
  }
}

export const noiseFile = (noise: Noise): FileSource => ({
  sizeBytes: noise.sizeBytes,
  async *open() {
    yield* pieces(noise);
  },
});

/** @returns SHA-256 as hex */
export function noiseDigest(noise: Noise): string {
  const hash = createHash('sha256');
  for (const piece of pieces(noise)) hash.update(piece);
  return hash.digest('hex');
}
