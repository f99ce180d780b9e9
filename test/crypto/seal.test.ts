import { beforeAll, describe, expect, it } from 'vitest';
import { createAgeKey } from '../../crypto/age/keys.js';
import { sealFileKey } from '../../crypto/age/seal.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { openBody, openBodyStream, openItem, openSeal, type CommittedItem, type DeskSecret } from '../../crypto/open.js';
import { createOpenpgpKey } from '../../crypto/openpgp/key.js';
import {
  parseSeal,
  sealContentKey,
  sealItem,
  type ItemName,
  type ReaderKey,
  type SealedFormat,
  type SealedItem,
} from '../../crypto/seal.js';
import { kidOf } from '../../crypto/signing-key.js';
import type { Suite } from '../../domain/vocabulary.js';
import { createChance, WORLD_START as at } from '../support/world.js';

const chance = createChance(1);
const context = { chance, at };
const id = '0195b8a0-0000-4000-8000-000000000001';
const nameIn = (format: SealedFormat): ItemName => ({ id, issuer: 'VG-FIX', format });

async function deskKey(suite: Suite): Promise<ReaderKey & DeskSecret> {
  if (suite === 'openpgp-4') {
    const { kid, publicKey, secretKey } = await createOpenpgpKey('VG-FIX', at);
    return { kid, suite, publicKey, secret: secretKey };
  }
  const { publicKey, secret } = createAgeKey(suite, chance);
  return { kid: kidOf(suite, publicKey), suite, publicKey, secret };
}

const formatOf = (suite: Suite): SealedFormat => (suite === 'openpgp-4' ? 'openpgp' : 'age');
const committed = (format: SealedFormat, keyCommitment: string) => ({ ...nameIn(format), keyCommitment });
const text = new TextEncoder().encode('Company-A has one director.');

async function* pieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
}

async function gather(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of stream) all.push(piece);
  return Buffer.concat(all);
}

for (const suite of ['age-pq-1', 'age-x25519-1', 'openpgp-4'] as const) {
  describe(`an item sealed under ${suite}`, () => {
    const format = formatOf(suite);
    let [reader, other]: (ReaderKey & DeskSecret)[] = [];
    let sealed: SealedItem;
    let item: CommittedItem;
    let seal: Uint8Array;
    beforeAll(async () => {
      [reader, other] = [await deskKey(suite), await deskKey(suite)];
      sealed = await sealItem(nameIn(format), text, [reader, other], context);
      item = committed(format, sealed.keyCommitment);
      seal = sealed.seals[0]!.bytes;
    });

    it('opens for each of its readers, and open(seal(x)) is x', async () => {
      for (const [i, key] of [reader!, other!].entries()) {
        const opened = await openItem(item, sealed.seals[i]!.bytes, key, sealed.body);
        expect(opened).toEqual({ ok: true, value: { contentKey: sealed.contentKey, plaintext: new Uint8Array(text) } });
      }
    });

    it('opens as a stream too, in pieces of any size', async () => {
      expect(await gather(openBodyStream(format, sealed.contentKey, pieces(sealed.body, 7)))).toEqual(Buffer.from(text));
    });

    it('names each seal by the digest of its bytes, and one part by the root', () => {
      expect(sealed.seals.map(({ kid }) => kid)).toEqual([reader!.kid, other!.kid]);
      expect(sealed.seals.every(({ bytes, digest }) => digest === digestOfBytes(bytes))).toBe(true);
      expect(sealed.size).toBe(sealed.body.length);
    });

    it('does not open with the key of another reader', async () => {
      expect(await openSeal(item, seal, other!)).toEqual({ ok: false, error: 'SEAL_UNOPENABLE' });
      expect(await openItem(item, seal, other!, sealed.body)).toEqual({ ok: false, error: 'SEAL_UNOPENABLE' });
    });

    it('shows nothing where the key is not the one that the issuer committed to', async () => {
      const lie = committed(format, digestOfBytes(text));
      expect(await openItem(lie, seal, reader!, sealed.body)).toEqual({ ok: false, error: 'KEY_COMMITMENT' });
    });

    it('shows nothing of a body that was altered or cut off', async () => {
      const altered = Uint8Array.from(sealed.body);
      altered[altered.length - 1]! ^= 1;
      expect(await openItem(item, seal, reader!, altered)).toEqual({ ok: false, error: 'BODY_REFUSED' });
      expect(await openBody(format, sealed.contentKey, sealed.body.subarray(0, -1))).toEqual({ ok: false, error: 'BODY_REFUSED' });
      await expect(gather(openBodyStream(format, sealed.contentKey, pieces(altered, 1_000)))).rejects.toThrow();
    });

    it('has seals that are taken apart without a secret, to the last byte', async () => {
      expect(await parseSeal(seal, reader!, at)).toEqual({ ok: true, value: seal });
      expect((await parseSeal(Buffer.concat([seal, Buffer.of(0)]), reader!, at)).ok).toBe(false);
    });
  });
}

describe('sealing', () => {
  it('adds a reader later without touching the body', async () => {
    const [first, later] = [await deskKey('age-pq-1'), await deskKey('age-x25519-1')];
    const sealed = await sealItem(nameIn('age'), text, [first], context);
    const added = await sealContentKey(sealed.contentKey, later, context);
    const opened = await openItem(committed('age', sealed.keyCommitment), added.bytes, later, sealed.body);
    expect(opened.ok && Buffer.from(opened.value.plaintext).equals(text)).toBe(true);
  });

  it('refuses a reader whose suite is of another format', async () => {
    const [age, openpgp] = [await deskKey('age-x25519-1'), await deskKey('openpgp-4')];
    for (const [format, readers] of [
      ['age', [openpgp]],
      ['age', [age, openpgp]],
      ['openpgp', [openpgp, age]],
    ] as const)
      await expect(sealItem(nameIn(format), text, readers, context)).rejects.toThrow(`is not of the format ${format}`);
  });

  it('refuses an OpenPGP key that is none', async () => {
    const broken: ReaderKey = { ...(await deskKey('openpgp-4')), publicKey: Uint8Array.of(1, 2, 3) };
    await expect(sealContentKey(new Uint8Array(32), broken, context)).rejects.toThrow(RangeError);
    const seal = await sealContentKey(new Uint8Array(32), await deskKey('openpgp-4'), context);
    expect(await parseSeal(seal.bytes, broken, at)).toMatchObject({
      ok: false,
      error: expect.stringContaining('OpenPGP public key') as string,
    });
  });

  it('tells one body under two keys from the item that was signed', async () => {
    // what was done to others: two headers, two keys, one body, two stories
    const [a, b] = [await deskKey('age-pq-1'), await deskKey('age-pq-1')];
    const sealed = await sealItem(nameIn('age'), text, [a], context);
    const another = sealFileKey('age-pq-1', chance.bytes(16), b.publicKey, chance);
    expect(await openSeal(committed('age', sealed.keyCommitment), another, b)).toEqual({ ok: false, error: 'KEY_COMMITMENT' });
  });
});
