/** What a hostile sender, who has the session key, may put inside a body: nobody shows anything of it, and nobody waits for its end for ever. */
import { createCipheriv, createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { createMessage, encrypt } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { openBodyStream } from '../../../crypto/open.js';
import { createReader, bytesOf, concat, NOW } from './fixtures.js';
import { sealSessionKey } from '../../../crypto/openpgp/seal.js';

const sessionKey = new Uint8Array(32).fill(5);
const text = (words: string): Uint8Array => Uint8Array.from(Buffer.from(words));

const LITERAL = 11;
const COMPRESSED = 8;
const SEIPD = 18;
const packet = (tag: number, body: Uint8Array): Uint8Array => {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, body.length);
  return concat(bytesOf(0xc0 | tag, 0xff), length, body);
};
/** The same in two pieces with a length before each: RFC 9580 4.2.1.4. */
const inPieces = (tag: number, bytes: Uint8Array): Uint8Array =>
  concat(bytesOf(0xc0 | tag, 0xe9), bytes.subarray(0, 512), bytesOf(bytes.length - 512), bytes.subarray(512));
const literal = (words: string): Uint8Array => packet(LITERAL, concat(bytesOf(0x62, 0, 0, 0, 0, 0), text(words)));
const compressed = (inner: Uint8Array): Uint8Array => packet(COMPRESSED, concat(bytesOf(1), deflateRawSync(inner)));

/** RFC 9580 5.13.1 by hand: a prefix of sixteen bytes whose last two come again, the packets, and their SHA-1. */
function body(inner: Uint8Array, digestOf = (hashed: Uint8Array) => createHash('sha1').update(hashed).digest()): Uint8Array {
  const hashed = concat(new Uint8Array(18).fill(9), inner, bytesOf(0xd3, 0x14));
  const cipher = createCipheriv('aes-256-cfb', sessionKey, new Uint8Array(16));
  return packet(SEIPD, concat(bytesOf(1), cipher.update(concat(hashed, digestOf(hashed))), cipher.final()));
}

async function open(bytes: Uint8Array): Promise<Uint8Array> {
  const halves = (async function* () {
    yield await Promise.resolve(bytes.subarray(0, 9));
    yield bytes.subarray(9);
  })();
  const pieces: Uint8Array[] = [];
  for await (const piece of openBodyStream('openpgp', sessionKey, halves)) pieces.push(piece);
  return concat(...pieces);
}

describe('what stands inside a body', () => {
  it.each([
    ['a literal', literal('said once')],
    ['a compressed literal', compressed(literal('said once'))],
    // the name of 255 bytes and the date fill the first piece up
    ['a literal in pieces', inPieces(LITERAL, concat(bytesOf(0x62, 255), new Uint8Array(259), text('.'.repeat(255)), text('said once')))],
  ])('is shown where it is %s', async (_what, inner) => {
    expect(Buffer.from(await open(body(inner))).toString()).toMatch(/^\.*said once$/);
  });

  it.each([
    ['two literals, of which a stock tool shows both and another the first', concat(literal('granted'), literal('refused'))],
    ['two literals in one compression', compressed(concat(literal('granted'), literal('refused')))],
    ['a literal beside a compressed one', concat(literal('granted'), compressed(literal('refused')))],
    ['a compression of a compression, as one that unfolds into itself would be', compressed(compressed(literal('x')))],
    ['another encrypted packet', body(literal('x'))],
    ['another encrypted packet, in pieces', inPieces(SEIPD, new Uint8Array(600).fill(1))],
    ['an old encrypted packet, in pieces', inPieces(9, new Uint8Array(600).fill(1))],
    ['a compression that is none, in pieces', inPieces(COMPRESSED, new Uint8Array(600).fill(1))],
    ['a literal whose last piece is missing', inPieces(LITERAL, concat(bytesOf(0x62, 0), new Uint8Array(600))).subarray(0, 515)],
    ['a session key and nothing else', packet(1, new Uint8Array(20).fill(3))],
    ['bytes that are no packet behind a literal', concat(literal('x'), bytesOf(1, 2, 3))],
    ['a literal that is cut off', literal('cut off').subarray(0, -1)],
    ['a compression that is none', packet(COMPRESSED, new Uint8Array(30))],
    ['an old encrypted packet', packet(9, new Uint8Array(30))],
    ['nothing', bytesOf()],
  ])('is refused where it is %s', async (_what, inner) => {
    await expect(open(body(inner))).rejects.toThrow('the body does not open');
  });

  it('is refused where its modification check is of other bytes, or of none', async () => {
    for (const digest of [createHash('sha1').update('other').digest(), Buffer.alloc(0)])
      await expect(open(body(literal('x'), () => digest))).rejects.toThrow('the body does not open');
  });

  it('is refused without one: the old packet that has none (tag 9)', async () => {
    const cipher = createCipheriv('aes-256-cfb', sessionKey, new Uint8Array(16));
    const unchecked = packet(9, concat(cipher.update(concat(new Uint8Array(18).fill(9), literal('x'))), cipher.final()));
    await expect(open(unchecked)).rejects.toThrow('not exactly one');
  });

  it('is refused where the body is not one encrypted packet of version 1', async () => {
    const asVersion2 = await encrypt({
      message: await createMessage({ binary: text('x') }),
      sessionKey: { data: sessionKey, algorithm: 'aes256', aeadAlgorithm: 'gcm' },
      format: 'binary',
      config: { aeadProtect: true },
    });
    const seal = await sealSessionKey(sessionKey, (await createReader('A')).recipient, NOW);
    for (const other of [asVersion2, concat(seal, body(literal('x'))), literal('x'), concat(body(literal('x')), bytesOf(0))])
      await expect(open(other)).rejects.toThrow('not exactly one');
  });
});
