import { identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { systemChance as chance } from '../../../adapters/chance-system.js';
import { agePublicKey, createAgeKey, isSoundAgeKey } from '../../../crypto/age/keys.js';
import { toAgeIdentity, toAgeRecipient } from './stock-spelling.js';

describe.each([
  { suite: 'age-pq-1', bytes: 1_216, recipient: /^age1pq1[a-z0-9]+$/, identity: /^AGE-SECRET-KEY-PQ-1[A-Z0-9]+$/ },
  { suite: 'age-x25519-1', bytes: 32, recipient: /^age1[a-z0-9]{58}$/, identity: /^AGE-SECRET-KEY-1[A-Z0-9]+$/ },
] as const)('a key of $suite', ({ suite, bytes, recipient, identity }) => {
  const pair = createAgeKey(suite, chance);

  it('comes from chance alone', () => {
    const again = createAgeKey(suite, { bytes: () => pair.secret });
    expect(again).toEqual(pair);
    expect(agePublicKey(suite, pair.secret)).toEqual(pair.publicKey);
    expect(createAgeKey(suite, chance).publicKey).not.toEqual(pair.publicKey);
  });

  it('is spelled as the stock tool spells it', async () => {
    expect(pair.publicKey).toHaveLength(bytes);
    expect(toAgeRecipient(suite, pair.publicKey)).toMatch(recipient);
    expect(toAgeIdentity(suite, pair.secret)).toMatch(identity);
    expect(await identityToRecipient(toAgeIdentity(suite, pair.secret))).toBe(toAgeRecipient(suite, pair.publicKey));
  });

  it('is sound, and unsound at another length or with an all-zero curve half', () => {
    expect(isSoundAgeKey(suite, pair.publicKey)).toBe(true);
    expect(isSoundAgeKey(suite, pair.publicKey.subarray(1))).toBe(false);
    // a byte more before the curve half, whose 32 bytes and what stands before them are each sound
    const longer = Buffer.concat([pair.publicKey.subarray(0, -32), Uint8Array.of(0), pair.publicKey.subarray(-32)]);
    expect(isSoundAgeKey(suite, Uint8Array.from(longer))).toBe(false);
    const zeroCurve = pair.publicKey.slice();
    zeroCurve.fill(0, bytes - 32);
    expect(isSoundAgeKey(suite, zeroCurve)).toBe(false);
  });
});

describe('the lattice half of an age-pq-1 key', () => {
  const { publicKey } = createAgeKey('age-pq-1', chance);

  it.each([
    ['first of a pair', [0x01, 0x0d, 0x00]], // 3329, then 0
    ['second of a pair', [0x00, 0x10, 0xd0]], // 0, then 3329
  ])('is unsound where a coefficient, the %s, is not reduced', (_which, bytes) => {
    const altered = publicKey.slice();
    altered.set(bytes, 1_149);
    expect(isSoundAgeKey('age-pq-1', altered)).toBe(false);
  });

  it('is sound with the largest coefficients', () => {
    const altered = publicKey.slice();
    altered.set([0x00, 0x0d, 0xd0], 1_149); // 3328 twice
    expect(isSoundAgeKey('age-pq-1', altered)).toBe(true);
  });
});
