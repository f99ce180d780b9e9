import { describe, expect, it } from 'vitest';
import { restsOn } from '../../../../client/sdk/evidence/check-statements.js';
import type { EvidenceWrong } from '../../../../client/sdk/evidence/codes.js';
import { checkValid, isGood, keyOf, type Directory, type Entry, type VouchedKey } from '../../../../client/sdk/evidence/keys.js';
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
  new Map([['CH-FIN', { authority: authority('CH-FIN'), root: 'r' as KeyId, by: 'GIVEN', idle: [], entries, revocations: [] }]]);

describe('a key in a file of evidence', () => {
  it('ends with the first entry that is there and no longer lists it, though others were left out in between', () => {
    const dropped = entry(4, '2026-06-01T00:00:00Z', 'k2');
    expect(keyOf(directoryOf(entry(1, '2026-01-01T00:00:00Z', KEY), dropped), 'CH-FIN', KEY, 'here').until).toBe(dropped.payload.at);
    expect(keyOf(directoryOf(entry(1, '2026-01-01T00:00:00Z', KEY)), 'CH-FIN', KEY, 'here').until).toBe(UNTIL);
    // one that had ended before is not the better for being dropped late
    const late = entry(2, '2027-06-01T00:00:00Z', 'k2');
    expect(keyOf(directoryOf(entry(1, '2026-01-01T00:00:00Z', KEY), late), 'CH-FIN', KEY, 'here').until).toBe(UNTIL);
  });

  it('is good as the newest entry that lists it says', () => {
    const longer = entry(2, '2026-06-01T00:00:00Z', KEY);
    const officers = longer.payload.officers.map((officer) => ({ ...officer, until: instant('2028-01-01T00:00:00Z') }));
    const renewed = { ...longer, payload: { ...longer.payload, officers } } as Entry;
    const key = keyOf(directoryOf(entry(1, '2026-01-01T00:00:00Z', KEY), renewed), 'CH-FIN', KEY, 'here');
    expect(key.until).toBe(instant('2028-01-01T00:00:00Z'));
  });

  it('is good from the moment that it begins until the one before it ends, is revoked, or becomes doubtful', () => {
    const [from, doubtful, revoked, until] = [1, 2, 3, 4].map((month) => instant(`2026-0${month}-01T00:00:00Z`));
    const term = { officer: 'o.1', publicKey: new Uint8Array(32), from: from!, until: until! };
    const ends = (key: VouchedKey, at: number): string => {
      const isGoodThen = isGood(key, at as typeof UNTIL);
      try {
        const doubt = checkValid(key, at as typeof UNTIL, 'here');
        expect(isGoodThen).toBe(true);
        return doubt === null ? 'GOOD' : 'DOUBTFUL';
      } catch (error) {
        expect(isGoodThen).toBe(false);
        return (error as EvidenceWrong).code;
      }
    };
    const key: VouchedKey = { ...term, revocation: null };
    expect([from! - 1, from!, until! - 1, until!].map((at) => ends(key, at))).toEqual(['KEY_NOT_VALID', 'GOOD', 'GOOD', 'KEY_NOT_VALID']);
    const stolen: VouchedKey = { ...term, revocation: { at: revoked!, reason: 'COMPROMISED', doubtfulSince: doubtful! } };
    expect([doubtful! - 1, doubtful!, revoked! - 1, revoked!].map((at) => ends(stolen, at))).toEqual([
      'GOOD',
      'DOUBTFUL',
      'DOUBTFUL',
      'KEY_REVOKED',
    ]);
  });
});

describe('a key that was revoked more than once', () => {
  const said = (kid: string, at: string, reason: string, doubtfulSince?: string) =>
    ({
      payload: { kid, at: instant(at), reason, ...(doubtfulSince === undefined ? {} : { doubtfulSince: instant(doubtfulSince) }) },
    }) as never;
  const keyWith = (...revocations: never[]) => {
    const known = directoryOf(entry(1, '2026-01-01T00:00:00Z', KEY)).get('CH-FIN')!;
    return keyOf(new Map([['CH-FIN', { ...known, revocations }]]), 'CH-FIN', KEY, 'here');
  };
  const [scheduled, found] = [
    said(KEY, '2026-07-01T00:00:00Z', 'SCHEDULED'),
    said(KEY, '2026-08-01T00:00:00Z', 'COMPROMISED', '2026-03-01T00:00:00Z'),
  ];

  it.each([
    ['first', [scheduled, found]],
    ['last', [found, scheduled]],
  ])('ends with the earliest and is as doubtful as any says, whichever stands %s in the file', (_, revocations) => {
    const key = keyWith(...revocations);
    expect(checkValid(key, instant('2026-04-01T00:00:00Z'), 'here')).toBe(instant('2026-03-01T00:00:00Z'));
    expect(() => checkValid(key, instant('2026-07-02T00:00:00Z'), 'here')).toThrow('KEY_REVOKED');
    expect(checkValid(key, instant('2026-02-01T00:00:00Z'), 'here')).toBeNull();
  });

  it('ends with the device that it was lost with, and not with another key that was only scheduled to end', () => {
    const row = entry(1, '2026-01-01T00:00:00Z', KEY);
    const officers = row.payload.officers.map((officer) => ({ ...officer, auth: { ...officer.auth, kid: 'a1' as KeyId } }));
    const own = { ...row, payload: { ...row.payload, officers } } as Entry;
    const withAuth = (reason: string, ...others: never[]) => {
      const known = directoryOf(own).get('CH-FIN')!;
      const revocations = [...others, said('a1', '2026-07-01T00:00:00Z', reason, '2026-02-01T00:00:00Z')];
      return keyOf(new Map([['CH-FIN', { ...known, revocations }]]), 'CH-FIN', KEY, 'here');
    };
    // whichever came first; and what is in doubt is that other key
    expect(() => checkValid(withAuth('LOST', found), instant('2026-07-02T00:00:00Z'), 'here')).toThrow('KEY_REVOKED');
    expect(checkValid(withAuth('SCHEDULED'), instant('2026-07-02T00:00:00Z'), 'here')).toBeNull();
    expect(() => checkValid(withAuth('LOST'), instant('2026-07-02T00:00:00Z'), 'here')).toThrow('KEY_REVOKED');
    expect(checkValid(withAuth('LOST'), instant('2026-06-02T00:00:00Z'), 'here')).toBeNull();
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

describe('a statement in a file of evidence', () => {
  const [item, other] = ['i1', 's1'];
  it.each([
    ...['access', 'use', 'label', 'deletion', 'inability', 'verification', 'notice'].map((kind) => [kind, { item }, [item], []] as const),
    ['envelope', { items: [item], prev: other }, [item], [other]],
    ['envelope', { items: [item] }, [item], []],
    ['consent-revocation', { consent: other }, [], [other]],
    ['approval', { notice: other }, [], [other]],
    ['consultation', { notice: other }, [], [other]],
  ] as const)('of type %s is not understood without what it is about', (kind, payload, items, statements) => {
    expect(restsOn({ typ: `parley-${kind}+json`, payload } as unknown as Statement)).toEqual({ items, statements });
  });
});
