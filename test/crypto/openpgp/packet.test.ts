import { describe, expect, it } from 'vitest';
import { parsePacketFrame } from '../../../crypto/openpgp/packet.js';

const frame = (header: readonly number[], bodyBytes: number) => parsePacketFrame(Uint8Array.of(...header, ...new Uint8Array(bodyBytes)), 0);

describe('a packet frame', () => {
  it.each([
    ['new, one octet', [0xc1, 94], 94],
    ['new, two octets', [0xc1, 0xc0, 8], 200],
    ['new, five octets', [0xc1, 0xff, 0, 0, 1, 0], 256],
    ['old, one octet', [0x84, 94], 94],
    ['old, two octets', [0x85, 1, 12], 268],
    ['old, four octets', [0x86, 0, 0, 1, 12], 268],
  ])('has its length written %s', (_how, header, length) =>
    expect(frame(header, length)).toEqual({
      ok: true,
      value: { tag: 1, bodyAt: header.length, end: header.length + length, partial: false },
    }),
  );

  it('runs through its pieces', () => {
    const bytes = Uint8Array.of(0xd2, 0xe2, 1, 2, 3, 4, 0xe0, 5, 2, 6, 7);
    expect(parsePacketFrame(bytes, 0)).toEqual({ ok: true, value: { tag: 18, bodyAt: 2, end: 11, partial: true } });
  });

  it('is read where it is said to begin', () =>
    expect(parsePacketFrame(Uint8Array.of(0, 0xc1, 1, 9, 9), 1)).toEqual({
      ok: true,
      value: { tag: 1, bodyAt: 3, end: 4, partial: false },
    }));

  it.each([
    ['no bytes', [], 0],
    ['a header without its first bit', [0x41, 1], 1],
    ['no length', [0xc1], 0],
    ['half a two-octet length', [0xc1, 0xc0], 0],
    ['part of a five-octet length', [0xc1, 0xff, 0, 0], 0],
    ['part of an old length', [0x85, 1], 0],
    ['a length without end', [0x87], 10],
    ['a length without end, though what follows could be one', [0x87, 0, 0, 0, 0, 0, 0, 0, 2], 2],
    ['a body that is cut off', [0xc1, 95], 94],
    ['a body of no bytes', [0xc1, 0], 0],
    ['a last piece that is missing', [0xd2, 0xe2], 4],
    ['a piece that is cut off', [0xd2, 0xff, 0xff, 0xff, 0xff, 0xff], 4],
  ])('is refused with %s', (_what, header, length) => expect(frame(header, length).ok).toBe(false));
});
