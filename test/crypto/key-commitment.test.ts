import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyCommitment } from '../../crypto/key-commitment.js';
import { parseDigest } from '../../domain/ids.js';

const key = new Uint8Array(16).fill(1);
const item = '0195b8a0-0000-4000-8000-000000000001';

describe('a key commitment', () => {
  const commitment = keyCommitment(key, 'age', item, 'VG-FIX');

  it('is HKDF-SHA-256 of the content key under the item, with zero bytes between the names', () => {
    const info = Buffer.concat(
      ['parley/item-key/v1', 'age', item, 'VG-FIX'].flatMap((part, i) => [Buffer.from(i > 0 ? [0] : []), Buffer.from(part)]),
    );
    expect(commitment).toBe(Buffer.from(hkdfSync('sha256', key, '', info, 32)).toString('base64url'));
    expect(parseDigest(commitment)).toEqual({ ok: true, value: commitment });
  });

  it('changes with the key, the format, the item and the issuer', () => {
    const others = [
      keyCommitment(new Uint8Array(16).fill(2), 'age', item, 'VG-FIX'),
      keyCommitment(key, 'openpgp', item, 'VG-FIX'),
      keyCommitment(key, 'cms', item, 'VG-FIX'),
      keyCommitment(key, 'age', item.replace('1', '2'), 'VG-FIX'),
      keyCommitment(key, 'age', item, 'VG-FIY'),
    ];
    expect(new Set([commitment, ...others]).size).toBe(6);
  });

  it('is not made over a name that holds the separator', () => {
    expect(() => keyCommitment(key, 'age', `${item}\0VG`, 'FIX')).toThrow(RangeError);
    expect(() => keyCommitment(key, 'age', item, 'VG\0FIX')).toThrow(RangeError);
  });
});
