import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeBase64url } from '../../crypto/base64url.js';
import { joseVerifier } from '../support/jose-verifier.js';
import { parseStatement } from '../../crypto/statement.js';

/** Wycheproof's JOSE files. None of them has an Ed25519 signature: what they test here is that no other algorithm comes in. */
const FOLDER = '../shared/vectors/wycheproof';
const absent = ` (skipped where ${FOLDER} is absent)`;

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly jws?: unknown;
  readonly jwe?: unknown;
}
interface Group {
  readonly comment: string;
  readonly tests: readonly Vector[];
}
const read = (file: string): readonly Group[] => {
  const path = `${FOLDER}/${file}_test.json`;
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { testGroups: readonly Group[] }).testGroups : [];
};

describe.each([
  { file: 'json_web_signature', floor: 401 },
  { file: 'json_web_key', floor: 26 },
  { file: 'json_web_crypto', floor: 48 },
])('wycheproof $file', ({ file, floor }) => {
  const groups = read(file);
  const signatures = groups.flatMap(({ tests }) => tests.filter(({ jws }) => typeof jws === 'string'));

  it.skipIf(groups.length === 0)(`counts ${floor} compact signatures at least${absent}`, () => {
    expect(signatures.length).toBeGreaterThanOrEqual(floor);
  });
  it.skipIf(groups.length === 0)(`every JWS is refused by its algorithm, the valid ones too${absent}`, async () => {
    for (const { jws, tcId } of signatures) {
      const parts = (jws as string).split('.');
      expect(parseStatement(jws as string).ok, `${tcId}`).toBe(false);
      const input = Uint8Array.from(Buffer.from(parts.slice(0, 2).join('.')));
      const signature = Uint8Array.from(Buffer.from(parts[2] ?? '', 'base64url'));
      expect(await joseVerifier.verify(new Uint8Array(32).fill(9), input, signature), `${tcId}`).toBe(false);
    }
  });

  for (const { comment, tests } of groups) {
    const inJson = tests.filter(({ jws }) => jws !== undefined && typeof jws !== 'string').length;
    const encrypted = tests.filter(({ jwe }) => jwe !== undefined).length;
    if (inJson > 0) it.skip(`${comment}: ${inJson} (skipped: JSON serialisation, and a statement is compact)`);
    if (encrypted > 0) it.skip(`${comment}: ${encrypted} (skipped: JWE, and seals are age, OpenPGP or CMS)`);
  }
});

describe('wycheproof base64, of json_web_signature', () => {
  const tests = read('json_web_signature').find(({ comment }) => comment === 'base64')?.tests ?? [];
  const valid = new Set(tests.filter(({ result }) => result === 'valid').map(({ jws }) => jws));
  const isExact = (jws: string): boolean => jws.split('.').every((part) => decodeBase64url(part).ok);

  it.skipIf(tests.length === 0)(`what it calls invalid is not base64url, or is the text of a valid one${absent}`, () => {
    for (const { jws, result, tcId } of tests)
      if (result === 'invalid') expect(isExact(jws as string) && !valid.has(jws), `${tcId}`).toBe(false);
  });
  it.skipIf(tests.length === 0)(
    `what it calls valid is base64url, but for the two with a character that a lenient decoder skips${absent}`,
    () => {
      const refused = tests.filter(({ jws, result }) => result === 'valid' && !isExact(jws as string));
      expect(refused.map(({ comment }) => comment)).toEqual(['InvalidCharacterInsertedInHeader', 'InvalidCharacterInsertedInPayload']);
    },
  );
});

describe('wycheproof json_web_encryption', () => {
  const groups = read('json_web_encryption');
  it.skipIf(groups.length === 0)(`counts 139 ciphertexts at least, none of which applies${absent}`, () => {
    expect(groups.flatMap(({ tests }) => tests).length).toBeGreaterThanOrEqual(139);
  });
  for (const { comment, tests } of groups) it.skip(`${comment}: ${tests.length} (skipped: JWE, and seals are age, OpenPGP or CMS)`);
});
