import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../domain/ids.js';
import { decodeDigest, encodeDigest } from '../../../crypto/merkle/digests.js';
import { sha256 } from './model.js';

describe('a hash on the wire', () => {
  it('comes back as it was', () => {
    const hash = sha256(Uint8Array.of(7));
    expect(encodeDigest(hash)).toBe(Buffer.from(hash).toString('base64url'));
    expect(decodeDigest(encodeDigest(hash))).toEqual(hash);
  });

  it('has 32 bytes and was parsed: anything else is our own fault', () => {
    expect(() => encodeDigest(new Uint8Array(31))).toThrow(RangeError);
    expect(() => decodeDigest('+' as Digest)).toThrow(RangeError);
  });
});
