import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../crypto/base64url.js';
import { joseVerifier } from '../support/jose-verifier.js';
import { nativeVerifier } from '../../crypto/native-verifier.js';
import { poolVerifier } from '../../crypto/native/node.js';
import { createSigningKey, signingKeyOf, type SigningKey } from '../../crypto/signing-key.js';
import { digestOf, parseStatement, signStatement, verifyStatement, type ParsedStatement } from '../../crypto/statement.js';
import { native } from '#native';

const utf8 = new TextEncoder();
const key = signingKeyOf(new Uint8Array(32).fill(7));
const stranger = createSigningKey({ bytes: (length) => new Uint8Array(length).fill(8) });
const compact = await signStatement('parley-item+json', { v: 1, id: 'x' }, key);
const [header, payload, signature] = compact.split('.') as [string, string, string];

const refusal = (text: string): string => {
  const parsed = parseStatement(text);
  return parsed.ok ? 'parsed' : parsed.error;
};
const parsed = (text: string): ParsedStatement => {
  const result = parseStatement(text);
  if (!result.ok) throw new Error(result.error);
  return result.value;
};
/** A statement with any header bytes, correctly signed over them. */
const signedWith = (headerJson: string, by: SigningKey = key): string => {
  const input = `${encodeBase64url(utf8.encode(headerJson))}.${payload}`;
  return `${input}.${encodeBase64url(native.ed25519Sign(by.seed, utf8.encode(input)))}`;
};
const accepted = async (text: string): Promise<boolean> => {
  const result = parseStatement(text);
  return result.ok && (await verifyStatement(result.value, key.publicKey, nativeVerifier));
};

describe('a statement', () => {
  it('is a compact JWS with the header alg, typ, kid in this order, over the exact payload bytes', () => {
    expect(Buffer.from(header, 'base64url').toString()).toBe(`{"alg":"Ed25519","typ":"parley-item+json","kid":"${key.kid}"}`);
    expect(Buffer.from(payload, 'base64url').toString()).toBe('{"v":1,"id":"x"}');
  });

  it('parses into what was signed', () => {
    const statement = parsed(compact);
    expect(statement).toMatchObject({ compact, typ: 'parley-item+json', kid: key.kid });
    expect(Buffer.from(statement.payload).toString()).toBe('{"v":1,"id":"x"}');
    expect(Buffer.from(statement.signingInput).toString()).toBe(`${header}.${payload}`);
    expect(Buffer.from(statement.signature).toString('base64url')).toBe(signature);
  });

  it('has the SHA-256 of its text as digest', () => {
    const expected = createHash('sha256').update(compact).digest('base64url');
    expect(parsed(compact).digest).toBe(expected);
    expect(digestOf(compact)).toBe(expected);
  });

  it('signs payload bytes as they are', async () => {
    const bytes = utf8.encode('{ "a" : 1 }');
    expect(parsed(await signStatement('parley-label+json', bytes, key)).payload).toEqual(bytes);
  });

  it('is not made with a type that could not be read back', async () => {
    await expect(signStatement('parley-"+json', {}, key)).rejects.toThrow(RangeError);
    await expect(signStatement('jwt', {}, key)).rejects.toThrow(RangeError);
  });

  it.each([
    ['jose', joseVerifier],
    ['native', nativeVerifier],
    ['the thread pool', poolVerifier],
  ])('verifies with %s under its own key and no other', async (_name, verifier) => {
    expect(await verifyStatement(parsed(compact), key.publicKey, verifier)).toBe(true);
    expect(await verifyStatement(parsed(compact), stranger.publicKey, verifier)).toBe(false);
    expect(await verifier.verify(stranger.publicKey, parsed(compact).signingInput, parsed(compact).signature)).toBe(false);
  });

  it('does not verify under a key whose id it does not claim, even though that key signed it', async () => {
    const foreign = signedWith(`{"alg":"Ed25519","typ":"parley-item+json","kid":"${stranger.kid}"}`, key);
    const statement = parsed(foreign);
    expect(await nativeVerifier.verify(key.publicKey, statement.signingInput, statement.signature)).toBe(true);
    expect(await verifyStatement(statement, key.publicKey, nativeVerifier)).toBe(false);
  });

  it('verifies with jose only where the message is a signing input', async () => {
    const message = utf8.encode('no signing input');
    const signed = native.ed25519Sign(key.seed, message);
    expect(await joseVerifier.verify(key.publicKey, message, signed)).toBe(false);
    const withMark = Uint8Array.of(0xef, 0xbb, 0xbf, ...parsed(compact).signingInput);
    expect(await joseVerifier.verify(key.publicKey, withMark, parsed(compact).signature)).toBe(false);
  });
});

describe('the one spelling of a statement', () => {
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

  it('leaves one of the sixteen last characters that a lenient decoder reads alike', () => {
    const bytes = Buffer.from(signature, 'base64url');
    const alike = [...ALPHABET].map((last) => signature.slice(0, -1) + last).filter((text) => Buffer.from(text, 'base64url').equals(bytes));
    expect(alike).toHaveLength(16);
    expect(alike.filter((text) => refusal(`${header}.${payload}.${text}`) === 'parsed')).toEqual([signature]);
  });

  it.each(['=', '==', '\n', '\r\n', ' ', '.', '.x', '\u0000'])('refuses %j at the end', (tail) =>
    expect(refusal(compact + tail)).not.toBe('parsed'),
  );
  it.each([' ', '\n', '\ufeff', '.'])('refuses %j at the beginning', (head) => expect(refusal(head + compact)).not.toBe('parsed'));
  it.each([
    `${header}=.${payload}.${signature}`,
    `${header}.${payload}=.${signature}`,
    `${header}.${payload}\n.${signature}`,
    `${header}.${payload.slice(0, 4)} ${payload.slice(4)}.${signature}`,
  ])('refuses a stray character inside: %j', (text) => expect(refusal(text)).toContain('base64url'));

  it('refuses any one altered character, in shape or in signature', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(compact.length - 1), fc.constantFrom(...ALPHABET, '.', '=', '\n', 'é'), async (at, other) => {
        fc.pre(compact[at] !== other);
        expect(await accepted(compact.slice(0, at) + other + compact.slice(at + 1))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses any one character left out or put in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(compact.length), fc.constantFrom('', ...'Aa-.='), async (at, more) => {
        const rest = more === '' ? compact.slice(at + 1) : compact.slice(at);
        fc.pre(compact.slice(0, at) + more + rest !== compact);
        expect(await accepted(compact.slice(0, at) + more + rest)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a statement is refused', () => {
  it.each(['', '.', 'a.b', header, `${header}.${payload}`])('with fewer than three parts: %j', (text) =>
    expect(refusal(text)).toBe('not three parts'),
  );
  it('beyond the size of its type', () => {
    expect(parseStatement(compact, compact.length).ok).toBe(true);
    expect(parseStatement(compact, compact.length - 1)).toEqual({ ok: false, error: `longer than ${compact.length - 1} characters` });
  });
  it('with a signature of another length', () => {
    expect(refusal(`${header}.${payload}.${signature}AAAA`)).toContain('64 bytes');
    expect(refusal(`${header}.${payload}.`)).toContain('64 bytes');
  });

  const rest = `"typ":"parley-item+json","kid":"${key.kid}"`;
  it.each([
    ['alg EdDSA', `{"alg":"EdDSA",${rest}}`],
    ['alg none', `{"alg":"none",${rest}}`],
    ['no typ', `{"alg":"Ed25519","kid":"${key.kid}"}`],
    ['no kid', `{"alg":"Ed25519","typ":"parley-item+json"}`],
    ['another typ', `{"alg":"Ed25519","typ":"JWT","kid":"${key.kid}"}`],
    ['an unknown member', `{"alg":"Ed25519",${rest},"x":1}`],
    ['a key of its own', `{"alg":"Ed25519",${rest},"jwk":{}}`],
    ['crit', `{"alg":"Ed25519",${rest},"crit":["b64"],"b64":false}`],
    ['a repeated member', `{"alg":"Ed25519","alg":"Ed25519",${rest}}`],
    ['another order', `{${rest},"alg":"Ed25519"}`],
    ['white space', `{"alg":"Ed25519", ${rest}}`],
    ['a newline at its end', `{"alg":"Ed25519",${rest}}\n`],
    ['an escaped character', `{"\\u0061lg":"Ed25519",${rest}}`],
    ['a byte-order mark', `\ufeff{"alg":"Ed25519",${rest}}`],
    ['a short kid', `{"alg":"Ed25519","typ":"parley-item+json","kid":"${key.kid.slice(1)}"}`],
  ])('with %s in a well-signed header', (_what, json) => expect(refusal(signedWith(json))).toContain('header'));
  it('with a kid that is no digest', () =>
    expect(refusal(signedWith(`{"alg":"Ed25519","typ":"parley-item+json","kid":"${'B'.repeat(43)}"}`))).toBe('not a key id'));
});
