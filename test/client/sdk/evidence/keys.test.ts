import { describe, expect, it } from 'vitest';
import { restsOn } from '../../../../client/sdk/evidence/check-statements.js';
import { keyOf, type Directory, type Entry } from '../../../../client/sdk/evidence/keys.js';
import { encodeBase64url } from '../../../../crypto/base64url.js';
import type { KeyId } from '../../../../domain/ids.js';
import type { Statement } from '../../../../domain/statement.js';
import { authority, instant } from '../../../support/ids.js';

const KEY = 'k1' as KeyId;
const UNTIL = instant('2027-01-01T00:00:00Z');
const entry = (seq: number, at: string, ...kids: string[]): Entry => {
  const officers = kids.map((kid) => ({
    officer: 'o.1',
    from: instant('2026-01-01T00:00:00Z'),
    until: UNTIL,
    ...Object.fromEntries(['signing', 'auth', 'encryption'].map((use) => [use, { kid, publicKey: encodeBase64url(new Uint8Array(32)) }])),
  }));
  return { payload: { seq, at: instant(at), officers } } as unknown as Entry;
};
const directoryOf = (...entries: Entry[]): Directory =>
  new Map([['CH-FIN', { authority: authority('CH-FIN'), root: 'r' as KeyId, by: 'GIVEN', entries, revocations: [] }]]);

describe('a key in a file of evidence', () => {
  it('ends with the first entry that is there and no longer lists it, though others were left out in between', () => {
    const dropped = entry(4, '2026-06-01T00:00:00Z', 'k2');
    expect(keyOf(directoryOf(entry(1, '2026-01-01T00:00:00Z', KEY), dropped), 'CH-FIN', KEY, 'here').until).toBe(dropped.payload.at);
    expect(keyOf(directoryOf(entry(1, '2026-01-01T00:00:00Z', KEY)), 'CH-FIN', KEY, 'here').until).toBe(UNTIL);
  });
});

describe('a release in a file of evidence', () => {
  it('rests on the consents that it cites originator by originator too', () => {
    const each = [
      { originator: 'EE-FIN', consent: 'c1' },
      { originator: 'FI-FIU', presumedBy: 'r1' },
    ];
    const release = { typ: 'parley-release+json', payload: { item: 'i1', basis: { each } } } as unknown as Statement;
    expect(restsOn(release)).toEqual({ items: ['i1'], statements: ['c1'] });
  });
});
