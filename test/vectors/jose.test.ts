import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeBase64url } from '../../crypto/base64url.js';
import { joseVerifier } from '../support/jose-verifier.js';
import { nativeVerifier } from '../../crypto/native-verifier.js';
import { signingKeyOf } from '../../crypto/signing-key.js';
import { parseStatement } from '../../crypto/statement.js';
import { native } from '#native';

/** The examples of RFC 7520, RFC 8037 and RFC 7797. */
const FOLDER = '../shared/vectors/jose-cookbook';
const present = existsSync(FOLDER);
const absent = ` (skipped where ${FOLDER} is absent)`;

interface Example {
  readonly title: string;
  readonly input: { readonly payload: string; readonly key: { readonly x: string; readonly d: string } };
  readonly signing: { readonly 'sig-input': string; readonly sig: string };
  readonly output: { readonly compact?: string };
}
const examples = (folder: string): readonly (readonly [string, Example])[] =>
  (present ? readdirSync(`${FOLDER}/${folder}`) : [])
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(`${FOLDER}/${folder}/${name}`, 'utf8')) as Example]);
const bytes = (text: string): Uint8Array => {
  const decoded = decodeBase64url(text);
  if (!decoded.ok) throw new Error(decoded.error);
  return decoded.value;
};

describe('the JOSE cookbook', () => {
  it.skipIf(!present)(`holds 26 examples at least${absent}`, () => {
    const folders = ['jws', 'jwk', 'jwe', 'curve25519', 'rfc7797'];
    expect(folders.flatMap(examples).length).toBeGreaterThanOrEqual(26);
  });

  describe.skipIf(!present)(`curve25519/jws.json${absent}`, () => {
    const [, example] = examples('curve25519').find(([name]) => name === 'jws.json') ?? [];

    it('its JWK is the key of its seed', () => {
      expect(signingKeyOf(bytes(example!.input.key.d)).publicKey).toEqual(bytes(example!.input.key.x));
    });
    it('our signature over its signing input is its signature, byte for byte', () => {
      const input = Uint8Array.from(Buffer.from(example!.signing['sig-input']));
      expect(native.ed25519Sign(bytes(example!.input.key.d), input)).toEqual(bytes(example!.signing.sig));
      expect(nativeVerifier.verify(bytes(example!.input.key.x), input, bytes(example!.signing.sig))).toBe(true);
    });
    it('is no statement, because its header says EdDSA and no more; jose under our list of algorithms refuses it too', async () => {
      expect(parseStatement(example!.output.compact!).ok).toBe(false);
      const input = Uint8Array.from(Buffer.from(example!.signing['sig-input']));
      expect(await joseVerifier.verify(bytes(example!.input.key.x), input, bytes(example!.signing.sig))).toBe(false);
    });
  });

  for (const folder of ['jws', 'rfc7797']) {
    for (const [name, { output, title }] of examples(folder)) {
      const { compact } = output;
      if (compact === undefined) it.skip(`${folder}/${name} (skipped: JSON serialisation, and a statement is compact)`);
      else it(`${folder}/${name} is refused: ${title} is not Ed25519`, () => expect(parseStatement(compact)).toMatchObject({ ok: false }));
    }
  }
  for (const [name] of examples('jwk'))
    it.skip(`jwk/${name} (skipped: no EC, RSA or symmetric key signs a statement, and no such JWK is read)`);
  for (const [name] of [...examples('jwe'), ...examples('curve25519').filter(([file]) => file !== 'jws.json')])
    it.skip(`${name} (skipped: JWE, and seals are age, OpenPGP or CMS)`);
});

describe('a statement with the algorithm', () => {
  const kid = 'A'.repeat(43);
  const text = (value: string): string => Buffer.from(value).toString('base64url');
  it.each(['none', 'None', 'HS256', 'RS256', 'PS256', 'ES256', 'ES512', 'EdDSA', 'Ed448', 'ed25519'])('%s is refused', (alg) => {
    const header = text(`{"alg":"${alg}","typ":"parley-item+json","kid":"${kid}"}`);
    expect(parseStatement(`${header}.${text('{}')}.${'A'.repeat(86)}`)).toEqual({
      ok: false,
      error: 'the header is not exactly alg Ed25519, typ, kid',
    });
    expect(parseStatement(`${header}.${text('{}')}.`).ok).toBe(false);
  });
  it('Ed25519 is not', () => {
    const header = text(`{"alg":"Ed25519","typ":"parley-item+json","kid":"${kid}"}`);
    expect(parseStatement(`${header}.${text('{}')}.${'A'.repeat(86)}`).ok).toBe(true);
  });
});
