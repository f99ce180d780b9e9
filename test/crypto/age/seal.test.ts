import { base64nopad } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { systemChance as chance } from '../../../adapters/chance-system.js';
import { ageSealBytes } from '../../../crypto/age/header.js';
import { createAgeKey } from '../../../crypto/age/keys.js';
import { createFileKey, parseAgeSeal, sealFileKey } from '../../../crypto/age/seal.js';

const SUITES = [
  { suite: 'age-pq-1', bytes: 1_627, stanza: 'mlkem768x25519', other: 'age-x25519-1' },
  { suite: 'age-x25519-1', bytes: 168, stanza: 'X25519', other: 'age-pq-1' },
] as const;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytesOf = (content: string): Uint8Array => new Uint8Array(Buffer.from(content, 'latin1'));

describe.each(SUITES)('a seal of $suite', ({ suite, bytes, stanza, other }) => {
  const key = createAgeKey(suite, chance);
  const fileKey = createFileKey(chance);
  const seal = sealFileKey(suite, fileKey, key.publicKey, chance);
  const errorOf = (content: Uint8Array | string): string => {
    const parsed = parseAgeSeal(suite, typeof content === 'string' ? bytesOf(content) : content);
    return parsed.ok ? 'parsed' : parsed.error;
  };

  it(`is ${bytes} bytes, one stanza, and parses without a secret`, () => {
    expect(seal).toHaveLength(bytes);
    expect(ageSealBytes(suite)).toBe(bytes);
    const parsed = parseAgeSeal(suite, seal);
    expect(parsed).toMatchObject({ ok: true, value: { suite } });
    expect(text(seal)).toMatch(new RegExp(`^age-encryption.org/v1\n-> ${stanza} `));
  });

  it('differs each time, and is the same under the same chance', () => {
    expect(sealFileKey(suite, fileKey, key.publicKey, chance)).not.toEqual(seal);
    const fixed = { bytes: (length: number) => new Uint8Array(length).fill(9) };
    expect(sealFileKey(suite, fileKey, key.publicKey, fixed)).toEqual(sealFileKey(suite, fileKey, key.publicKey, fixed));
  });

  it('is refused with a byte more, a byte less, or as the other suite', () => {
    expect(errorOf(new Uint8Array([...seal, 10]))).toMatch(/bytes/);
    expect(errorOf(seal.subarray(0, -1))).toMatch(/bytes/);
    expect(parseAgeSeal(other, seal).ok).toBe(false);
  });

  it('names the line that is wrong', () => {
    expect(errorOf(text(seal).replace('/v1', '/v2'))).toMatch(/first line/);
    expect(errorOf(text(seal).replace(stanza, stanza.toLowerCase().replace('x', 'y')))).toMatch(/stanza/);
    expect(errorOf(text(seal).replace(/\n(?=.*\n--- )/, '+'))).toMatch(/stanza/);
    expect(errorOf(text(seal).replace('\n--- ', '\n+-- '))).toMatch(/MAC/);
    expect(errorOf(text(seal).replace('\n--- ', '+--- '))).toMatch(/body/);
    expect(errorOf(text(seal).replace(/\n$/, '+'))).toMatch(/MAC/);
    expect(errorOf('\n'.repeat(bytes))).toMatch(/first line/);
    expect(errorOf('age-encryption.org/v1'.padEnd(bytes, ' '))).toMatch(/first line/);
    expect(errorOf('age-encryption.org/v1\n'.padEnd(bytes, ' '))).toMatch(/stanza/);
    const twoLines = text(seal).split('\n').slice(0, 2).join('\n');
    expect(errorOf(`${twoLines}\n`.padEnd(bytes, ' '))).toMatch(/body/);
    const threeLines = text(seal).split('\n').slice(0, 3).join('\n');
    expect(errorOf(threeLines.padEnd(bytes - 1, 'A') + '\n')).toMatch(/body/);
  });

  it('is refused in another spelling of the same bytes, or with a foreign character', () => {
    const lines = text(seal).split('\n');
    const respelled = (line: string): string => line.slice(0, -1) + spareBitsSet(line.at(-1) as string);
    for (const at of [2, 3]) {
      expect(errorOf(lines.with(at, respelled(lines[at] as string)).join('\n'))).not.toBe('parsed');
      expect(errorOf(lines.with(at, (lines[at] as string).slice(0, -1) + '=').join('\n'))).not.toBe('parsed');
      expect(errorOf(lines.with(at, (lines[at] as string).slice(0, -1) + '_').join('\n'))).not.toBe('parsed');
    }
  });

  it('has no place for a second stanza', () => {
    const lines = text(seal).split('\n');
    expect(errorOf([...lines.slice(0, 3), '-> grease', '', ...lines.slice(3)].join('\n'))).not.toBe('parsed');
  });

  it('is not made for a file key or public key of another length, nor for a small-order one', () => {
    expect(() => sealFileKey(suite, fileKey.subarray(1), key.publicKey, chance)).toThrow(RangeError);
    expect(() => sealFileKey(suite, fileKey, key.publicKey.subarray(1), chance)).toThrow(RangeError);
    const zeroCurve = key.publicKey.slice();
    zeroCurve.fill(0, zeroCurve.length - 32);
    expect(() => sealFileKey(suite, fileKey, zeroCurve, chance)).toThrow(/small order/);
  });
});

// the next character of the alphabet: the same bytes with a spare bit set
function spareBitsSet(character: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const next = alphabet[alphabet.indexOf(character) + 1] as string;
  expect(() => base64nopad.decode(`AA${next}`)).toThrow();
  return next;
}
