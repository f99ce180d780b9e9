import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';

const refusal = (text: string): string => {
  const read = decodeBase64url(text);
  return read.ok ? `read ${read.value.length} bytes` : read.error;
};

describe('base64url', () => {
  it('writes what Node writes, and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(decodeBase64url(text)).toEqual({ ok: true, value: bytes });
      }),
    );
  });

  it('reads a text exactly when it is its own re-encoding', () => {
    const alphabet = fc.constantFrom(...'AQgwBCDEz019-_', '=', '\n', '+', '/', ' ', 'é');
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 9 }), (text) => {
        expect(decodeBase64url(text).ok).toBe(Buffer.from(text, 'base64url').toString('base64url') === text);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a length that no byte string has', () => expect(refusal('AAAAA')).toContain('impossible length'));
  it('refuses padding', () => expect(refusal('AA==')).toContain('foreign'));
  it('refuses a newline at the end', () => expect(refusal('AAA\n')).toContain('foreign'));
  it('refuses the alphabet with + and /', () => expect(refusal('++//')).toContain('foreign'));
  it.each([...'BCDEFGHIJKLMNOP'])('refuses spare bits in a last character %s after one byte', (last) =>
    expect(refusal(`A${last}`)).toContain('spare bits'),
  );
  it.each(['AAB', 'AAC', 'AAD'])('refuses spare bits in %s', (text) => expect(refusal(text)).toContain('spare bits'));
});
