import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemChance as chance } from '../../../adapters/chance-system.js';
import { encodeAgeSeal } from '../../../crypto/age/header.js';
import { createAgeKey } from '../../../crypto/age/keys.js';
import { openAgeSeal } from '../../../crypto/age/open-seal.js';
import { createFileKey, parseAgeSeal, sealFileKey } from '../../../crypto/age/seal.js';

describe.each(['age-pq-1', 'age-x25519-1'] as const)('opening a seal of %s', (suite) => {
  const key = createAgeKey(suite, chance);
  const fileKey = createFileKey(chance);
  const seal = sealFileKey(suite, fileKey, key.publicKey, chance);

  it('gives the file key to its reader, whatever the file key is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (any) => {
        expect(openAgeSeal(suite, sealFileKey(suite, any, key.publicKey, chance), key.secret)).toEqual(any);
      }),
      { numRuns: 10 },
    );
  });

  it('gives nothing to another reader', () => {
    expect(openAgeSeal(suite, seal, createAgeKey(suite, chance).secret)).toBeNull();
  });

  it('gives nothing once any byte is altered or cut off', () => {
    const stride = suite === 'age-pq-1' ? 37 : 1; // each opening of a hybrid seal takes a millisecond
    for (let at = 0; at < seal.length; at += stride) {
      const altered = seal.slice();
      altered[at] = (altered[at] as number) ^ 1;
      expect(openAgeSeal(suite, altered, key.secret)).toBeNull();
      expect(openAgeSeal(suite, seal.subarray(0, at), key.secret)).toBeNull();
    }
  });

  it('gives nothing where the stanza fits but another file key made the MAC', () => {
    const parsed = parseAgeSeal(suite, seal);
    if (!parsed.ok) throw new Error(parsed.error);
    const { share, wrapped } = parsed.value;
    expect(openAgeSeal(suite, encodeAgeSeal(suite, fileKey, share, wrapped), key.secret)).toEqual(fileKey);
    expect(openAgeSeal(suite, encodeAgeSeal(suite, createFileKey(chance), share, wrapped), key.secret)).toBeNull();
  });

  it('gives nothing where the share is a small-order point', () => {
    const parsed = parseAgeSeal(suite, seal);
    if (!parsed.ok) throw new Error(parsed.error);
    const share = parsed.value.share.slice();
    share.fill(0, share.length - 32);
    expect(openAgeSeal(suite, encodeAgeSeal(suite, fileKey, share, parsed.value.wrapped), key.secret)).toBeNull();
  });
});
