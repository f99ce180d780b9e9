import { ed25519, ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { isSoundEd25519Key, isSoundX25519Key } from '../../../crypto/native/small-order.js';
import { native } from '../../../crypto/native/node.js';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const seed = new Uint8Array(32).fill(5);

describe('an Ed25519 key at enrolment', () => {
  it('is sound where a seed made it', () => expect(isSoundEd25519Key(native.ed25519Public(seed))).toBe(true));

  it.each(ED25519_TORSION_SUBGROUP)('is refused as the small-order point %s', (point) => {
    expect(isSoundEd25519Key(hex(point))).toBe(false);
  });

  it('is refused in a second spelling: a y that is not reduced, a sign on x = 0', () => {
    expect(isSoundEd25519Key(hex(`f0${'ff'.repeat(30)}7f`))).toBe(false);
    expect(isSoundEd25519Key(hex(`01${'00'.repeat(30)}80`))).toBe(false);
  });

  it('is refused off the curve, with a small-order part, and at another length', () => {
    expect(isSoundEd25519Key(hex('02'.padEnd(64, '0')))).toBe(false);
    const mixed = ed25519.Point.BASE.add(ed25519.Point.fromHex(ED25519_TORSION_SUBGROUP[1] as string)).toBytes();
    expect(isSoundEd25519Key(mixed)).toBe(false);
    expect(isSoundEd25519Key(new Uint8Array(31))).toBe(false);
  });
});

describe('an X25519 key at enrolment', () => {
  it('is sound where a scalar made it', () => {
    for (let byte = 1; byte < 64; byte++) expect(isSoundX25519Key(native.x25519Public(new Uint8Array(32).fill(byte)))).toBe(true);
  });

  it.each([
    ['all zero', '00'.repeat(32)],
    ['one', '01'.padEnd(64, '0')],
    ['of order 8', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
    ['of order 8', '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'],
    ['minus one', `ec${'ff'.repeat(30)}7f`],
  ])('is refused as the small-order point %s, with which nothing can be agreed', (_name, point) => {
    expect(isSoundX25519Key(hex(point))).toBe(false);
    expect(native.x25519Shared(seed, hex(point))).toBeNull();
  });

  it('is refused in a second spelling and at another length', () => {
    const sound = native.x25519Public(seed);
    const withTopBit = sound.slice();
    withTopBit[31] = (withTopBit[31] as number) | 0x80;
    expect(isSoundX25519Key(withTopBit)).toBe(false);
    expect(isSoundX25519Key(hex(`f6${'ff'.repeat(30)}7f`))).toBe(false);
    expect(isSoundX25519Key(sound.subarray(1))).toBe(false);
  });
});
