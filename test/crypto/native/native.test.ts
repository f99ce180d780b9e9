import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Native } from '../../../crypto/native/native.js';
import { native as noble } from '../../../crypto/native/noble.js';
import { native as node, poolVerifier } from '../../../crypto/native/node.js';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const toHex = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('hex');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe.each([
  ['node', node],
  ['noble', noble],
])('native (%s)', (_name: string, native: Native) => {
  it('hashes as FIPS 180 says, parts or whole', () => {
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(toHex(native.sha256(utf8('abc')))).toBe(abc);
    expect(toHex(native.sha256(utf8('a'), utf8(''), utf8('bc')))).toBe(abc);
    expect(toHex(native.sha256())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('hashes parts as it hashes them joined, however long they are', () => {
    const part = fc.uint8Array({ maxLength: 1_500 });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        expect(native.sha256(...parts)).toEqual(native.sha256(new Uint8Array(Buffer.concat(parts))));
      }),
    );
  });

  it('writes base64url as Node writes it, and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = native.encodeBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        const read = native.decodeBase64url(text);
        expect(read).toEqual(bytes);
        expect(read?.constructor).toBe(Uint8Array);
      }),
    );
  });

  it('reads a text as base64url exactly when it is its own re-encoding', () => {
    const alphabet = fc.constantFrom(...'AQgwBCDEz019-_', '=', '\n', '+', '/', ' ', 'é');
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 9 }), (text) => {
        expect(native.decodeBase64url(text) !== null).toBe(Buffer.from(text, 'base64url').toString('base64url') === text);
      }),
      { numRuns: 2000 },
    );
  });

  it('authenticates as RFC 4231 case 1 says, parts or whole', () => {
    const mac = 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7';
    expect(toHex(native.hmacSha256(hex('0b'.repeat(20)), utf8('Hi There')))).toBe(mac);
    expect(toHex(native.hmacSha256(hex('0b'.repeat(20)), utf8('Hi '), utf8('There')))).toBe(mac);
  });

  it('derives as RFC 5869 cases 1 and 3 say', () => {
    const ikm = hex('0b'.repeat(22));
    const first = native.hkdfSha256(ikm, hex('000102030405060708090a0b0c'), hex('f0f1f2f3f4f5f6f7f8f9'), 42);
    expect(toHex(first)).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865');
    const unsalted = native.hkdfSha256(ikm, new Uint8Array(0), new Uint8Array(0), 42);
    expect(toHex(unsalted)).toBe('8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8');
  });

  it('seals and opens what any plaintext is, and returns plain Uint8Arrays', () => {
    const key = hex('42'.repeat(32));
    const nonce = hex('07'.repeat(12));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (plaintext) => {
        const sealed = native.chachaSeal(key, nonce, plaintext);
        expect(sealed.constructor).toBe(Uint8Array);
        expect(sealed).toHaveLength(plaintext.length + 16);
        expect(native.chachaOpen(key, nonce, sealed)).toEqual(plaintext);
        const [ciphertext, tag] = native.chachaSealPieces(key, nonce, plaintext);
        expect([[...ciphertext, ...tag], tag.length]).toEqual([[...sealed], 16]);
      }),
    );
  });

  it('opens nothing of an altered, cut or tagless ciphertext', () => {
    const key = hex('42'.repeat(32));
    const nonce = hex('07'.repeat(12));
    const sealed = native.chachaSeal(key, nonce, utf8('to be kept'));
    for (let at = 0; at < sealed.length; at++) {
      const altered = sealed.slice();
      altered[at] = (altered[at] as number) ^ 1;
      expect(native.chachaOpen(key, nonce, altered)).toBeNull();
      expect(native.chachaOpen(key, nonce, sealed.subarray(0, at))).toBeNull();
    }
  });

  it('throws for a cipher key or nonce of another length, which is our own fault', () => {
    expect(() => native.chachaSeal(hex('42'), hex('07'.repeat(12)), utf8('x'))).toThrow();
    expect(() => native.chachaOpen(hex('42'.repeat(32)), hex('07'), hex('00'.repeat(16)))).toThrow();
  });

  it('agrees on the shared secret of RFC 7748 6.1', () => {
    const alice = hex(ALICE);
    expect(toHex(native.x25519Public(alice))).toBe(ALICE_PUBLIC);
    expect(toHex(native.x25519Shared(alice, hex(BOB_PUBLIC)))).toBe(SHARED);
  });

  it('answers null for a small-order X25519 point and throws for another length', () => {
    expect(native.x25519Shared(hex(ALICE), new Uint8Array(32))).toBeNull();
    expect(native.x25519Shared(hex(ALICE), hex('01'.padEnd(64, '0')))).toBeNull();
    expect(() => native.x25519Shared(hex(ALICE), new Uint8Array(31))).toThrow(RangeError);
  });

  it('signs and verifies RFC 8032 test 2', () => {
    const seed = hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
    const publicKey = native.ed25519Public(seed);
    expect(toHex(publicKey)).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
    const signature = native.ed25519Sign(seed, hex('72'));
    expect(toHex(signature)).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
    expect(native.ed25519Verify(publicKey, hex('72'), signature)).toBe(true);
    expect(native.ed25519Verify(publicKey, hex('73'), signature)).toBe(false);
  });

  it('verifies nothing under a malformed key or with a malformed signature, and does not throw', () => {
    const publicKey = native.ed25519Public(hex('01'.repeat(32)));
    const signature = native.ed25519Sign(hex('01'.repeat(32)), utf8('m'));
    for (const key of [new Uint8Array(0), publicKey.subarray(1), hex('ff'.repeat(32))]) {
      expect(native.ed25519Verify(key, utf8('m'), signature)).toBe(false);
    }
    expect(native.ed25519Verify(publicKey, utf8('m'), signature.subarray(1))).toBe(false);
    expect(native.ed25519Verify(publicKey, utf8('m'), new Uint8Array(0))).toBe(false);
    expect(native.ed25519Verify(publicKey, utf8('m'), hex('ff'.repeat(64)))).toBe(false);
  });

  it('verifies no forgery under the neutral element, where every message would fit', () => {
    const neutral = hex('01'.padEnd(64, '0'));
    expect(native.ed25519Verify(neutral, utf8('anything'), hex('01'.padEnd(128, '0')))).toBe(false);
  });

  it('refuses a signature that only the equation with a cofactor accepts, so that no two readers disagree', () => {
    const { publicKey, signature } = signWithTorsion(utf8('m'));
    expect(ed25519.verify(signature, utf8('m'), publicKey, { zip215: false })).toBe(true);
    expect(native.ed25519Verify(publicKey, utf8('m'), signature)).toBe(false);
  });
});

describe('the twins', () => {
  it('give the same bytes for the same arguments', () => {
    fc.assert(
      fc.property(bytes32, bytes32, fc.uint8Array({ maxLength: 200 }), (a, b, message) => {
        expect(node.x25519Public(a)).toEqual(noble.x25519Public(a));
        expect(node.x25519Shared(a, node.x25519Public(b))).toEqual(noble.x25519Shared(a, noble.x25519Public(b)));
        expect(node.ed25519Public(a)).toEqual(noble.ed25519Public(a));
        expect(node.ed25519Sign(a, message)).toEqual(noble.ed25519Sign(a, message));
        expect(node.chachaSeal(a, b.subarray(0, 12), message)).toEqual(noble.chachaSeal(a, b.subarray(0, 12), message));
        expect(node.hkdfSha256(message, a, b, 77)).toEqual(noble.hkdfSha256(message, a, b, 77));
        expect(node.hmacSha256(message, a, b)).toEqual(noble.hmacSha256(message, a, b));
      }),
      { numRuns: 25 },
    );
  });
});

const ALICE = '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a';
const ALICE_PUBLIC = '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a';
const BOB_PUBLIC = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';
const SHARED = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';

describe('the verifier in the thread pool', () => {
  it('says what the one in the event loop says, of unsound keys and malformed signatures too', async () => {
    const message = utf8('what was signed');
    const publicKey = node.ed25519Public(hex('01'.repeat(32)));
    const signature = node.ed25519Sign(hex('01'.repeat(32)), message);
    const smallOrder = hex('01' + '00'.repeat(31));
    for (const [key, over, mark] of [
      [publicKey, message, signature],
      [publicKey, utf8('something else'), signature],
      [publicKey, message, signature.subarray(1)],
      [publicKey.subarray(1), message, signature],
      [smallOrder, message, signature],
    ] as const)
      expect(await poolVerifier.verify(key, over, mark)).toBe(node.ed25519Verify(key, over, mark));
  });
});

/** A sound key, but a commitment with a small-order part: S·B = R + k·A holds only after multiplication by eight. */
function signWithTorsion(message: Uint8Array): { publicKey: Uint8Array; signature: Uint8Array } {
  const { Point } = ed25519;
  const order = Point.Fn.ORDER;
  const secret = 123_456_789n;
  const publicKey = Point.BASE.multiply(secret).toBytes();
  const torsion = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
  const commitment = Point.BASE.multiply(987_654_321n).add(torsion).toBytes();
  const challenge = littleEndian(sha512(new Uint8Array([...commitment, ...publicKey, ...message]))) % order;
  const scalar = (987_654_321n + challenge * secret) % order;
  return { publicKey, signature: new Uint8Array([...commitment, ...Point.Fn.toBytes(scalar)]) };
}

const littleEndian = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
