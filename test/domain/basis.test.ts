import { describe, expect, it } from 'vitest';
import { basisName, citedIn, consentsIn, exemptionOf, isReseal, presumedOf, type Basis } from '../../domain/basis.js';
import { release } from '../../domain/wire/release.js';
import { authority, digest } from '../support/ids.js';

const [A, B, C] = [authority('VG-FIX'), authority('EE-FIN'), authority('CH-FIN')];
const [grant, request, notice] = [digest('grant'), digest('request'), digest('notice')];
const each: Basis = {
  each: [
    { originator: A, consent: grant },
    { originator: B, exemption: 'NAMED_TEAM' },
    { originator: C, presumed: request },
  ],
};

describe('on what a release rests', () => {
  it('is said once for all originators', () => {
    expect([A, B].map((who) => exemptionOf({ exemption: 'EXECUTION' }, who))).toEqual(['EXECUTION', 'EXECUTION']);
    expect([A, B].map((who) => presumedOf({ presumed: request }, who))).toEqual([request, request]);
    expect(citedIn({ consents: [grant] })).toEqual([{ consent: grant, for: null }]);
  });

  it('is said of each by itself, and then of nobody else', () => {
    expect([A, B, C].map((who) => exemptionOf(each, who))).toEqual([null, 'NAMED_TEAM', null]);
    expect([A, B, C].map((who) => presumedOf(each, who))).toEqual([null, null, request]);
    expect(citedIn(each)).toEqual([{ consent: grant, for: A }]);
    expect([each, { consents: [grant, notice] }].map(consentsIn)).toEqual([[grant], [grant, notice]]);
    expect(exemptionOf(each, authority('NG-FIA'))).toBeNull();
  });

  it('cites no consent where it rests on something else', () => {
    const others: Basis[] = [{ presumed: request }, { exemption: 'RETURN' }, { reseal: true }, { notices: [notice], approvals: [] }];
    expect(others.map(consentsIn)).toEqual([[], [], [], []]);
    expect(others.map((basis) => [presumedOf(basis, A), exemptionOf(basis, A)])).toEqual([
      [request, null],
      [null, 'RETURN'],
      [null, null],
      [null, null],
    ]);
  });

  it('is named in the log by what it is, and line by line without what only one originator may know of', () => {
    expect(basisName({ consents: [grant] })).toBe('CONSENT');
    expect(basisName({ presumed: request })).toBe(`PRESUMED(${request})`);
    expect(basisName({ notices: [notice, grant], approvals: [] })).toBe(`NOTICE(${notice}+${grant})`);
    expect(basisName({ exemption: 'EXECUTION' })).toBe('EXEMPTION(EXECUTION)');
    expect(basisName({ reseal: true })).toBe('RESEAL');
    // in no order that would tell whose line stands where
    expect(
      basisName({
        each: [
          { originator: A, presumed: request },
          { originator: B, consent: grant },
        ],
      }),
    ).toBe('CONSENT+PRESUMED');
    expect(basisName({ each: [...('each' in each ? each.each : []), { originator: authority('NG-FIA'), consent: grant }] })).toBe(
      'CONSENT+EXEMPTION(NAMED_TEAM)+PRESUMED',
    );
  });

  it('is what gave the item before, where it is sealed anew to the type of the holder that has it', () => {
    const own = { holder: A, to: A, toType: 'FIU' } as const;
    expect(isReseal({ ...own, holderType: 'FIU' })).toBe(true);
    expect(isReseal({ ...own, holderType: 'COURT' })).toBe(false);
    expect(isReseal(own)).toBe(true);
    expect(isReseal({ ...own, holderType: 'FIU', to: B })).toBe(false);
  });

  it('has one line an originator on the wire, and no exemption that holds for an item as a whole', () => {
    const basis = release.shape.basis;
    expect(basis.safeParse(each).success).toBe(true);
    const line = { originator: A, consent: grant };
    expect(basis.safeParse({ each: [line, { originator: A, exemption: 'NAMED_TEAM' }] }).success).toBe(false);
    expect(basis.safeParse({ each: [{ originator: A, exemption: 'PUBLIC_RECORD' }] }).success).toBe(false);
    expect(basis.safeParse({ each: [] }).success).toBe(false);
    expect(basis.safeParse({ each: [{ ...line, presumed: request }] }).success).toBe(false);
  });
});
