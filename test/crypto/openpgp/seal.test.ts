import { encryptSessionKey, generateKey } from 'openpgp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openOpenpgpSeal } from '../../../crypto/openpgp/open-seal.js';
import { createSessionKey, OPENPGP_SEAL_BYTES_MAX, parseOpenpgpSeal, parsePkesk, sealSessionKey } from '../../../crypto/openpgp/seal.js';
import { dateOf } from '../../../domain/time.js';
import { bytesOf, concat, createReader, NOW, recipientOf } from './fixtures.js';

const reader = await createReader('VG-FIX');
const stranger = await createReader('AT-FIU');
const sessionKey = createSessionKey({ bytes: (length) => new Uint8Array(length).map((_, i) => i) });
const seal = await sealSessionKey(sessionKey, reader.recipient, NOW);
const rsa = await generateKey({ type: 'rsa', rsaBits: 2048, userIDs: [{ name: 'x' }], date: dateOf(NOW), format: 'binary' });
const rsaRecipient = await recipientOf(rsa.publicKey);
const rsaSeal = await sealSessionKey(sessionKey, rsaRecipient, NOW);

const refusal = (bytes: Uint8Array, claimed = reader.recipient): string => {
  const parsed = parseOpenpgpSeal(bytes, claimed);
  return parsed.ok ? 'parsed' : parsed.error;
};
const altered = (bytes: Uint8Array, at: number, to: number): Uint8Array => bytes.map((byte, i) => (i === at ? to : byte));

describe('a seal', () => {
  it('is one packet that names its reader, and opens to the session key', async () => {
    expect(parseOpenpgpSeal(seal, reader.recipient)).toEqual({
      ok: true,
      value: { keyId: reader.recipient.encryptionKeyId, algorithm: 'ecdh', bytes: seal },
    });
    expect(await openOpenpgpSeal(seal, reader.secretKey)).toEqual({ ok: true, value: sessionKey });
  });

  it('to an RSA key is one packet too, and opens', async () => {
    expect(refusal(rsaSeal, rsaRecipient)).toBe('parsed');
    expect(await openOpenpgpSeal(rsaSeal, rsa.privateKey)).toEqual({ ok: true, value: sessionKey });
  });

  it('differs each time', async () => expect(await sealSessionKey(sessionKey, reader.recipient, NOW)).not.toEqual(seal));

  it('is not made for a key of another length', async () =>
    await expect(sealSessionKey(new Uint8Array(16), reader.recipient, NOW)).rejects.toThrow(RangeError));

  it('does not open for anyone else, altered, or as anything else', async () => {
    expect(await openOpenpgpSeal(seal, stranger.secretKey)).toEqual({ ok: false, error: 'the seal does not open' });
    expect(await openOpenpgpSeal(altered(seal, seal.length - 1, seal.at(-1)! ^ 1), reader.secretKey)).toEqual({
      ok: false,
      error: 'the seal does not open',
    });
    expect((await openOpenpgpSeal(bytesOf(0xd2, 1, 1), reader.secretKey)).ok).toBe(false);
  });

  it('with the key of another cipher is refused', async () => {
    const sealed = async (algorithm: 'aes128' | 'twofish', bytes: number): Promise<Uint8Array> =>
      encryptSessionKey({ data: new Uint8Array(bytes), algorithm, encryptionKeys: rsaRecipient.key, date: dateOf(NOW), format: 'binary' });
    const refused = { ok: false, error: 'a session key that is not of AES-256' };
    expect(await openOpenpgpSeal(await sealed('aes128', 16), rsa.privateKey)).toEqual(refused);
    expect((await openOpenpgpSeal(await sealed('twofish', 32), rsa.privateKey)).ok).toBe(false);
  });
});

describe('a seal is refused', () => {
  it('where it is claimed for another key', () => {
    expect(refusal(seal, stranger.recipient)).toBe('a seal to another key');
    expect(refusal(seal, { ...reader.recipient, algorithm: 'rsa' })).toBe('a seal to another key');
  });
  it('where it hides its reader', async () => {
    const hidden = await encryptSessionKey({
      data: sessionKey,
      algorithm: 'aes256',
      encryptionKeys: reader.recipient.key,
      wildcard: true,
      date: dateOf(NOW),
      format: 'binary',
    });
    expect(parsePkesk(hidden)).toMatchObject({ ok: true, value: { keyId: '0'.repeat(16) } });
    expect(refusal(hidden)).toBe('a seal to another key');
  });
  it('with a byte behind it, a second packet, or a byte less', () => {
    expect(refusal(concat(seal, bytesOf(0)))).toContain('not exactly one');
    expect(refusal(concat(seal, seal))).toContain('not exactly one');
    expect(refusal(seal.subarray(0, -1))).toContain('cut off');
  });
  it('beyond 4 KiB', () => expect(refusal(new Uint8Array(OPENPGP_SEAL_BYTES_MAX + 1))).toContain('longer'));
  it('in pieces', () =>
    expect(refusal(concat(bytesOf(0xc1, 0xe6), seal.subarray(2, 66), bytesOf(30), seal.subarray(66)))).toContain('not exactly one'));
  it('with another tag or version', () => {
    expect(refusal(altered(seal, 0, 0xc3))).toContain('not exactly one');
    expect(refusal(altered(seal, 2, 6))).toContain('version 3');
  });
  it('cut off behind its algorithm', () => expect(refusal(concat(bytesOf(0xc1, 11), seal.subarray(2, 13)))).toContain('lengths'));
  it('with another algorithm, RSA that only encrypts or only signs, or ElGamal too', () => {
    expect(refusal(altered(seal, 11, 16))).toContain('lengths');
    // behind a header of three bytes, version and key id
    expect(rsaSeal[12]).toBe(1);
    for (const other of [0, 2, 3, 16, 18]) expect(refusal(altered(rsaSeal, 12, other), rsaRecipient), `${other}`).toContain('lengths');
  });

  const body = seal.subarray(2);
  it.each([
    ['a point of another size', altered(body, 11, 8)],
    ['a point in another form', altered(body, 12, 4)],
    ['a wrapped key of another size', altered(body, 45, 40)],
    ['a byte put behind its wrapped key', concat(body, bytesOf(1))],
    ['a byte less of its wrapped key', body.subarray(0, -1)],
  ])('with %s', (_what, other) => expect(refusal(concat(bytesOf(0xc1, other.length), other))).toContain('lengths'));

  it.each([
    ['no bits', bytesOf(0, 0)],
    ['more bits than RSA may have', concat(bytesOf(0x10, 0x01, 1), new Uint8Array(512))],
    ['bits that are not there', bytesOf(0, 8, 0x7f)],
    ['a bit above the count', bytesOf(0, 7, 0x80)],
    ['a byte too many', bytesOf(0, 8, 0xff, 1)],
    ['a byte too few', bytesOf(0, 9, 1)],
  ])('with an RSA number of %s', (_what, number) => {
    const other = concat(body.subarray(0, 9), bytesOf(1), number);
    const header = other.length < 192 ? bytesOf(0xc1, other.length) : bytesOf(0x85, other.length >> 8, other.length & 0xff);
    expect(refusal(concat(header, other), { ...reader.recipient, algorithm: 'rsa' })).toContain('lengths');
  });

  it('to RSA of 4,096 bits not, the longest that is taken', () => {
    const longest = concat(seal.subarray(2, 11), bytesOf(1, 0x10, 0, 0x80), new Uint8Array(511));
    const parsed = parsePkesk(concat(bytesOf(0x85, longest.length >> 8, longest.length & 0xff), longest));
    expect(parsed).toMatchObject({ ok: true, value: { algorithm: 'rsa' } });
  });

  // another spelling of the same seal, which the signed seal digest tells apart
  const SAME_SEAL = [
    // the highest bit of a Curve25519 point is ignored: RFC 7748 5
    [46, 0x80],
    // the same tag and length in the legacy form of a packet header: RFC 9580 4.2.2
    [0, 0xc1 ^ 0x84],
  ];

  it('but for two alterations, which change nothing that is sealed', async () => {
    for (const [at, flip] of SAME_SEAL as [number, number][])
      expect((await openOpenpgpSeal(altered(seal, at, seal[at]! ^ flip), reader.secretKey)).ok).toBe(true);
  });

  it('or does not open, after any other altered byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(seal.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const other = altered(seal, at, seal[at]! ^ flip);
        const opened = await openOpenpgpSeal(other, reader.secretKey);
        if (opened.ok) expect(SAME_SEAL).toContainEqual([at, flip]);
      }),
      { numRuns: 100 },
    );
  });
});
