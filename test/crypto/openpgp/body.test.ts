import fc from 'fast-check';
import { createMessage, encrypt } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { encryptOpenpgpBody, parseOpenpgpBody } from '../../../crypto/openpgp/body.js';
import { OPENPGP_4 } from '../../../crypto/openpgp/config.js';
import { openOpenpgpBody, OPENPGP_PLAINTEXT_BYTES_MAX } from '../../../crypto/openpgp/open-body.js';
import { bytesOf, concat, NOW, readAll, streamOf } from './fixtures.js';

const sessionKey = new Uint8Array(32).fill(5);
const plaintext = Uint8Array.from(Buffer.from('Sealed to be read by one.'));
const body = await encryptOpenpgpBody(plaintext, sessionKey, NOW);
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
const streamSealed = async (bytes: Uint8Array): Promise<Uint8Array> =>
  readAll(
    await encrypt({
      message: await createMessage({ binary: streamOf(bytes) }),
      sessionKey: { data: sessionKey, algorithm: 'aes256' },
      format: 'binary',
      config: OPENPGP_4,
    }),
  );

describe('a body', () => {
  it('is one SEIPD packet of version 1 and opens to what went in', async () => {
    expect(parseOpenpgpBody(body)).toEqual({ ok: true, value: body });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const sealed = await encryptOpenpgpBody(bytes, sessionKey, NOW);
        expect(parseOpenpgpBody(sealed).ok).toBe(true);
        expect(await openOpenpgpBody(sealed, sessionKey)).toEqual({ ok: true, value: bytes });
      }),
      { numRuns: 30 },
    );
  });

  it('is not compressed: its size follows the size alone', async () => {
    const [zeros, others] = [new Uint8Array(10_000), Uint8Array.from({ length: 10_000 }, (_, i) => (i * 31) % 251)];
    expect((await encryptOpenpgpBody(zeros, sessionKey, NOW)).length).toBe((await encryptOpenpgpBody(others, sessionKey, NOW)).length);
  });

  it('is not made with a key of another length', async () =>
    await expect(encryptOpenpgpBody(plaintext, new Uint8Array(16), NOW)).rejects.toThrow(RangeError));

  it('opens where a partner compressed it, and not beyond the limit of what it unfolds to', async () => {
    const compressed = async (bytes: Uint8Array) =>
      encrypt({
        message: await createMessage({ binary: bytes }),
        sessionKey: { data: sessionKey, algorithm: 'aes256' },
        format: 'binary',
        config: { aeadProtect: false, preferredCompressionAlgorithm: 1 },
      });
    expect(await openOpenpgpBody(await compressed(plaintext), sessionKey)).toEqual({ ok: true, value: plaintext });
    const unfolding = await compressed(new Uint8Array(OPENPGP_PLAINTEXT_BYTES_MAX));
    expect(unfolding.length).toBeLessThan(OPENPGP_PLAINTEXT_BYTES_MAX / 100);
    expect(await openOpenpgpBody(unfolding, sessionKey)).toEqual({ ok: false, error: 'the body does not open' });
  });

  it('does not open under another key, altered anywhere, or cut', async () => {
    expect(await openOpenpgpBody(body, new Uint8Array(32).fill(6))).toEqual({ ok: false, error: 'the body does not open' });
    for (let at = 0; at < body.length; at++) expect((await openOpenpgpBody(flipped(body, at), sessionKey)).ok, `byte ${at}`).toBe(false);
    expect((await openOpenpgpBody(body.subarray(0, -1), sessionKey)).ok).toBe(false);
  });

  it('is refused with anything before or behind it', () => {
    expect(parseOpenpgpBody(concat(body, bytesOf(0))).ok).toBe(false);
    expect(parseOpenpgpBody(concat(body, body)).ok).toBe(false);
    expect(parseOpenpgpBody(concat(bytesOf(0xca, 3, 0x50, 0x47, 0x50), body)).ok).toBe(false);
    expect(parseOpenpgpBody(bytesOf(0xd2, 2, 2, 0)).ok).toBe(false);
    // compressed by the algorithm 1, and in the clear
    expect(parseOpenpgpBody(bytesOf(0xc8, 2, 1, 0)).ok).toBe(false);
    expect(parseOpenpgpBody(bytesOf()).ok).toBe(false);
  });
});

describe('a body in many pieces, as whoever streams writes it', () => {
  const large = Uint8Array.from({ length: 700_000 }, (_, i) => (i * 7919) >> 5);

  it('is one packet, and opens', async () => {
    const sealed = await streamSealed(large);
    expect(parseOpenpgpBody(sealed).ok).toBe(true);
    const opened = await openOpenpgpBody(sealed, sessionKey);
    expect(opened.ok && Buffer.compare(opened.value, large)).toBe(0);
  });

  it('does not open where it was altered, cut off or added to', async () => {
    const sealed = await streamSealed(large);
    for (const other of [
      flipped(sealed, 400_000),
      flipped(sealed, sealed.length - 1),
      sealed.subarray(0, 400_000),
      concat(sealed, sealed),
      concat(sealed, bytesOf(1, 2, 3)),
    ])
      expect((await openOpenpgpBody(other, sessionKey)).ok).toBe(false);
  });
});
