import { describe, expect, it } from 'vitest';
import { createNoteSigner, formatVerifierKey, keyIdBytes, parseVerifierKey, type VerifierKey } from '../../crypto/note-key.js';
import { ok } from '../../domain/result.js';
import { sha256 } from './merkle/model.js';

const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const SEED = new Uint8Array(32).fill(7);

describe('a verifier key', () => {
  it('is read and written as the reference implementation does', () => {
    const key = parseVerifierKey(PETER);
    expect(key.ok && key.value.algorithm).toBe('ED25519');
    expect(key.ok && formatVerifierKey(key.value)).toBe(PETER);
  });

  it.each([
    ['ED25519', 1],
    ['COSIGNATURE_V1', 4],
  ] as const)('of %s is named by name, newline, %i and the public key', (algorithm, type) => {
    const { key } = createNoteSigner('log.example/x', algorithm, SEED);
    expect(keyIdBytes(key)).toEqual(sha256(Buffer.from('log.example/x\n'), Uint8Array.of(type), key.publicKey).slice(0, 4));
    expect(parseVerifierKey(formatVerifierKey(key))).toEqual(ok(key));
  });

  const bad = (key: Partial<VerifierKey>): string => formatVerifierKey({ ...createNoteSigner('log.example', 'ED25519', SEED).key, ...key });
  const withType = (type: number): string => {
    const bytes = Uint8Array.of(type, ...createNoteSigner('log.example', 'ED25519', SEED).key.publicKey);
    const id = Buffer.from(sha256(Buffer.from('log.example\n'), bytes).slice(0, 4)).toString('hex');
    return `log.example+${id}+${Buffer.from(bytes).toString('base64')}`;
  };

  it.each([
    ['is empty', ''],
    ['has two parts', 'PeterNeumann+c74f20a3'],
    ['has no name', PETER.replace('PeterNeumann', '')],
    ['has a space in its name', bad({ name: 'log example' })],
    ['has a newline in its name', bad({ name: 'log\nexample' })],
    ['has another key id', PETER.replace('c74f20a3', 'c74f20a4')],
    ['has a key id in capitals', PETER.replace('c74f20a3', 'C74F20A3')],
    ['has no base64', PETER.slice(0, -1)],
    ['is too short', bad({ publicKey: new Uint8Array(31) })],
    ['is too long', bad({ publicKey: new Uint8Array(33) })],
    ['has a key and a byte', bad({ publicKey: Uint8Array.of(...createNoteSigner('log.example', 'ED25519', SEED).key.publicKey, 0) })],
    ['is of a type that we do not read', withType(2)],
    ['is the neutral element, under which anyone signs', bad({ publicKey: Uint8Array.of(1, ...new Uint8Array(31)) })],
  ])('is refused where it %s', (_, text) => {
    expect(parseVerifierKey(text).ok).toBe(false);
  });

  it('is not made under a name that no note can carry', () => {
    for (const name of ['', 'a b', 'a+b', 'a\tb', 'x'.repeat(257)])
      expect(() => createNoteSigner(name, 'ED25519', SEED)).toThrow(RangeError);
  });
});
