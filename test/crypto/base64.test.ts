import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../crypto/base64.js';
import { ok } from '../../domain/result.js';

describe('padded base64', () => {
  it('is what other implementations write, and comes back as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(encodeBase64(bytes))).toEqual(ok(bytes));
      }),
    );
  });

  it.each(['QQ', 'QQ=', 'QR==', 'QQ==\n', 'QQ== ', 'Q===', '====', '-_-_', 'QQ==QQ==', 'QUI=='])('refuses %j', (text) => {
    expect(decodeBase64(text).ok).toBe(false);
  });
});
