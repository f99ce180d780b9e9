import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSigningKey, kidOf, parseSigningPublicKey, signingKeyOf } from '../../crypto/signing-key.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
// RFC 8032 §7.1, test 1
const SEED = hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
const PUBLIC = hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');

describe('a signing key', () => {
  it('has the public key of its seed (RFC 8032, test 1)', () => expect(signingKeyOf(SEED).publicKey).toEqual(PUBLIC));

  it('takes its seed from chance', () =>
    expect(createSigningKey({ bytes: (length) => SEED.slice(0, length) })).toEqual(signingKeyOf(SEED)));

  it('is named by SHA-256 of suite, a zero byte and the raw public key', () => {
    const expected = createHash('sha256').update('ed25519\0').update(PUBLIC).digest('base64url');
    expect(signingKeyOf(SEED).kid).toBe(expected);
    expect(kidOf('age-x25519-1', PUBLIC)).not.toBe(expected);
  });
});

describe('enrolment of a signing key', () => {
  it('takes a sound public key', () => expect(parseSigningPublicKey(PUBLIC)).toEqual({ ok: true, value: PUBLIC }));

  it.each([
    ['the neutral element', '01' + '00'.repeat(31)],
    ['a point of order two', 'ec' + 'ff'.repeat(30) + '7f'],
    ['a point of order four', '00'.repeat(32)],
    ['a point of order eight', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
    ['a second spelling of the neutral element', 'ee' + 'ff'.repeat(30) + '7f'],
    ['a y that is no point', '02' + '00'.repeat(31)],
    ['31 bytes', 'd7'.repeat(31)],
  ])('refuses %s', (_what, key) => expect(parseSigningPublicKey(hex(key)).ok).toBe(false));
});
