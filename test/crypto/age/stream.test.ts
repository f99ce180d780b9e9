import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../../../crypto/age/bytes.js';
import { BodyRefused, createStreamOpener, openStream } from '../../../crypto/age/open-stream.js';
import { bodyBytes, chunkNonce, createStreamSealer, sealStream, streamKey } from '../../../crypto/age/stream.js';
import { native } from '../../../crypto/native/node.js';

const KIB64 = 65_536;
const SEALED = KIB64 + 16;
const fileKey = new Uint8Array(16).fill(3);
const nonce = new Uint8Array(16).fill(4);
const plain = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 0xff);

/** Pushes in pieces of the given sizes, the rest at once. */
function pieces(whole: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const out: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) out.push(whole.subarray(at, (at += size)));
  return [...out, whole.subarray(at)];
}

function seal(plaintext: Uint8Array, sizes: readonly number[] = []): Uint8Array {
  const sealer = createStreamSealer(fileKey, nonce);
  return concat(...pieces(plaintext, sizes).flatMap((piece) => sealer.push(piece)), sealer.final());
}

function open(body: Uint8Array, sizes: readonly number[] = []): Uint8Array {
  const opener = createStreamOpener(fileKey);
  return concat(...pieces(body, sizes).flatMap((piece) => opener.push(piece)), opener.final());
}

const BOUNDARIES = [0, 1, KIB64 - 1, KIB64, KIB64 + 1, 2 * KIB64 - 1, 2 * KIB64, 2 * KIB64 + 1, 3 * KIB64];

describe('a body', () => {
  it.each(BOUNDARIES)('of %i bytes opens to what was sealed, and has the length that was foretold', (length) => {
    const body = seal(plain(length));
    expect(body).toHaveLength(bodyBytes(length));
    expect(body.subarray(0, 16)).toEqual(nonce);
    expect(Buffer.from(open(body)).equals(plain(length))).toBe(true);
  });

  it('is the same bytes however the plaintext came, and opens however it comes', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: KIB64 - 20, max: 2 * KIB64 + 20 })), {
      maxLength: 5,
    });
    const length = fc.oneof(fc.constantFrom(...BOUNDARIES), fc.integer({ min: 0, max: 4 * KIB64 }));
    fc.assert(
      fc.property(length, sizes, sizes, (bytes, sealSizes, openSizes) => {
        const whole = seal(plain(bytes));
        expect(Buffer.from(seal(plain(bytes), sealSizes)).equals(whole)).toBe(true);
        expect(Buffer.from(open(whole, openSizes)).equals(plain(bytes))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('passes through async sources alike', async () => {
    async function* source(whole: Uint8Array): AsyncGenerator<Uint8Array> {
      yield* pieces(whole, [5, KIB64, 1]);
    }
    const sealed: Uint8Array[] = [];
    for await (const part of sealStream(source(plain(200_000)), fileKey, nonce)) sealed.push(part);
    expect(Buffer.from(concat(...sealed)).equals(seal(plain(200_000)))).toBe(true);
    const opened: Uint8Array[] = [];
    for await (const part of openStream(source(concat(...sealed)), fileKey)) opened.push(part);
    expect(Buffer.from(concat(...opened)).equals(plain(200_000))).toBe(true);
  });

  it('is not sealed under a nonce of another length, and does not change when the caller reuses the nonce', () => {
    expect(() => createStreamSealer(fileKey, nonce.subarray(1))).toThrow(RangeError);
    const reused = nonce.slice();
    const sealer = createStreamSealer(fileKey, reused);
    reused.fill(0);
    expect(sealer.final()).toEqual(seal(plain(0)));
  });
});

describe('a sealer', () => {
  it('gives nothing out before a chunk and a byte have come', () => {
    const sealer = createStreamSealer(fileKey, nonce);
    expect([sealer.push(plain(0)), sealer.push(plain(KIB64))]).toEqual([[], []]);
    expect(concat(...sealer.push(plain(1)))).toHaveLength(16 + SEALED);
  });

  it('takes nothing after its end, since the last nonce is spent', () => {
    const sealer = createStreamSealer(fileKey, nonce);
    sealer.final();
    expect(() => sealer.push(plain(1))).toThrow(RangeError);
    expect(() => sealer.final()).toThrow(RangeError);
  });
});

describe('a body that is not what was sealed', () => {
  const length = 2 * KIB64 + 5;
  const body = seal(plain(length));

  it('is refused once any byte is altered', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: body.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const altered = body.slice();
        altered[at] = (altered[at] as number) ^ mask;
        expect(() => open(altered)).toThrow(BodyRefused);
      }),
      { numRuns: 60 },
    );
  });

  it('is refused cut off anywhere, also between chunks', () => {
    for (const end of [0, 1, 15, 16, 17, 31, 32, SEALED, 16 + SEALED, 17 + SEALED, 16 + 2 * SEALED, body.length - 1]) {
      expect(() => open(body.subarray(0, end))).toThrow(BodyRefused);
    }
  });

  it('is refused with anything behind its end', () => {
    for (const tail of [plain(1), plain(16), plain(SEALED), body.subarray(16), body])
      expect(() => open(concat(body, tail))).toThrow(BodyRefused);
    const full = seal(plain(KIB64));
    expect(() => open(concat(full, plain(1)))).toThrow(BodyRefused);
  });

  it('is refused with its chunks exchanged', () => {
    const [head, first, second, last] = pieces(body, [16, SEALED, SEALED]) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    expect(() => open(concat(head, second, first, last))).toThrow(BodyRefused);
  });

  it('is refused with an empty last chunk behind others, though each tag fits', () => {
    const chunk = (index: number, last: boolean, plaintext: Uint8Array): Uint8Array =>
      native.chachaSeal(streamKey(fileKey, nonce), chunkNonce(index, last), plaintext);
    const first = chunk(0, false, plain(KIB64));
    expect(Buffer.from(open(concat(nonce, first, chunk(1, true, plain(1))))).equals(concat(plain(KIB64), plain(1)))).toBe(true);
    expect(() => open(concat(nonce, first, chunk(1, true, plain(0))))).toThrow(BodyRefused);
  });

  it('stays refused, and names the chunk', () => {
    const opener = createStreamOpener(fileKey);
    const altered = body.slice();
    altered[16 + SEALED] = (altered[16 + SEALED] as number) ^ 1;
    expect(() => opener.push(altered)).toThrow('chunk 1');
    for (const more of [body, plain(0)]) expect(() => opener.push(more)).toThrow(BodyRefused);
    expect(() => opener.final()).toThrow('chunk 1');
  });

  it('is refused under another file key', () => {
    const opener = createStreamOpener(new Uint8Array(16));
    opener.push(seal(plain(9)));
    expect(() => opener.final()).toThrow(BodyRefused);
  });
});

it('a chunk has a nonce of 11 bytes big-endian and the flag, past 32 bits too', () => {
  expect(Buffer.from(chunkNonce(258, true)).toString('hex')).toBe('000000000000000000010201');
  expect(Buffer.from(chunkNonce(2 ** 32 * 5 + 7, false)).toString('hex')).toBe('000000000000050000000700');
});
