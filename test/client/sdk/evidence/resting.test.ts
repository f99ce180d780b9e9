/** Of a release, a file of evidence says what does not cover it, and what nobody can look at in this file. */
import { describe, expect, it } from 'vitest';
import type { CheckedStatement } from '../../../../client/sdk/evidence/check-statements.js';
import { restingRemarks } from '../../../../client/sdk/evidence/resting.js';
import { authority, digest, instant } from '../../../support/ids.js';

const [FIX, FIA, LI, EFCX] = ['VG-FIX', 'NG-FIA', 'LI-FIN', 'NG-EFCX'].map((code) => authority(code) as string) as [
  string,
  string,
  string,
  string,
];
const ITEM = digest('item');
const label = {
  ...{ level: 'OFFICIAL', tlp: 'GREEN', purposes: ['INTELLIGENCE'], destroyBy: null },
  ...{ originators: [FIX], caveats: [{ code: 'NO_THIRD_PARTY', by: FIX }] },
};
const items = [{ item: { digest: ITEM, payload: { issuer: FIX, kind: 'OWN', label } } }] as unknown as Parameters<typeof restingRemarks>[1];

interface Said {
  readonly typ: string;
  readonly name: string;
  readonly payload: object;
  readonly stage?: string;
  readonly outcome?: string;
}
const envelope: Said = { typ: 'parley-envelope+json', name: 'envelope', payload: { from: FIX, to: FIA, items: [ITEM] } };
const consent = (over: object = {}): Said => ({
  typ: 'parley-consent+json',
  name: 'consent',
  payload: {
    ...{ originator: FIX, holder: FIA, recipient: { authority: LI, authorityType: 'FIU' }, purposes: ['INTELLIGENCE'], items: [ITEM] },
    ...{ suites: ['age-pq-1'], from: instant('2026-06-01T00:00:00Z'), until: instant('2026-09-01T00:00:00Z') },
    ...over,
  },
});
const revocation: Said = { typ: 'parley-consent-revocation+json', name: 'end', payload: { originator: FIX, consent: digest('consent') } };
const release = (basis: object, over: object = {}, name = 'release'): Said => ({
  typ: 'parley-release+json',
  name,
  payload: {
    holder: FIA,
    to: LI,
    toType: 'FIU',
    purpose: 'INTELLIGENCE',
    item: ITEM,
    suite: 'age-pq-1',
    label,
    basis,
    until: instant('2027-01-01T00:00:00Z'),
    ...over,
  },
});
const onConsent = { consents: [digest('consent')] };

const remarksOf = (...said: Said[]): string[] =>
  restingRemarks(
    said.map(
      ({ typ, name, payload, ...leaf }, index) =>
        ({
          statement: { typ, digest: digest(name), payload },
          leaf: { index, body: { ...leaf, at: '2026-07-01T00:00:00.000Z' } },
        }) as unknown as CheckedStatement,
    ),
    items,
  );

describe('what a release rests on', () => {
  it('is told of where the consents that it cites cover it not, and not where they do', () => {
    expect(remarksOf(envelope, consent(), release(onConsent))).toEqual([]);
    expect(remarksOf(envelope, consent(), release(onConsent), revocation)).toEqual([]);
    const uncovered = [
      [consent({ purposes: ['TAX'] })],
      [consent({ recipient: { authority: EFCX, authorityType: 'FIU' } })],
      [consent({ items: [digest('another')] })],
      [consent({ until: instant('2026-06-30T00:00:00Z') })],
      [consent({ originator: EFCX })],
      [consent(), revocation],
    ];
    for (const said of uncovered)
      expect(remarksOf(envelope, ...said, release(onConsent))).toEqual([
        expect.stringMatching(new RegExp(`^Release ${digest('release')} \\(#${said.length + 1}\\): NOT COVERED: no consent of VG-FIX`)),
      ]);
    expect(remarksOf(envelope, release(onConsent), consent())).toEqual([expect.stringContaining('NOT COVERED')]);
    expect(remarksOf(envelope, consent(), release({ consents: [] }))).toEqual([expect.stringContaining('NOT COVERED')]);
    expect(remarksOf(envelope, consent(), release(onConsent, { toType: undefined }))).toEqual([expect.stringContaining('NOT COVERED')]);
    // an item that is none does not become a public record by being called one, and it returns to its originator alone
    for (const exemption of ['PUBLIC_RECORD', 'RETURN'])
      expect(remarksOf(envelope, release({ exemption }))).toEqual([expect.stringContaining('NOT COVERED')]);
  });

  it('is told of where its originator tightened the item, or took it back, behind its consent', () => {
    const change = (over: object = {}): Said => ({
      typ: 'parley-label+json',
      name: 'change',
      payload: { originator: FIX, item: ITEM, change: 'ADD', at: instant('2026-06-15T00:00:00Z'), ...over },
    });
    const given = consent({ at: instant('2026-06-10T00:00:00Z') });
    const beaten = [expect.stringContaining('NOT COVERED: no consent of VG-FIX')];
    expect(remarksOf(envelope, given, change(), release(onConsent))).toEqual(beaten);
    expect(remarksOf(envelope, given, change({ change: 'RETRACT' }), release(onConsent))).toEqual(beaten);
    expect(remarksOf(envelope, given, change(), { ...given, name: 'anew' }, release({ consents: [digest('anew')] }))).toEqual([]);
    const others = [{ change: 'RELAX' }, { change: 'CORRECT' }, { originator: EFCX }, { item: digest('another') }];
    for (const over of others) expect(remarksOf(envelope, given, change(over), release(onConsent))).toEqual([]);
    expect(remarksOf(envelope, given, release(onConsent), change())).toEqual([]);
    // where the delivery alone is shown, it may have been said before
    const delivered = (over: object = {}): Said => ({ ...change(over), stage: 'delivered', outcome: 'DONE' });
    expect(remarksOf(envelope, given, delivered(), release(onConsent))).toEqual(beaten);
    expect(remarksOf(envelope, given, delivered({ at: instant('2026-06-05T00:00:00Z') }), release(onConsent))).toEqual([]);
    const request: Said = { typ: 'parley-envelope+json', name: 'request', payload: { from: FIA, to: FIX, items: [] } };
    expect(remarksOf(request, envelope, change(), release({ presumed: digest('request') }))).toEqual([
      expect.stringContaining('NOT COVERED: VG-FIX tightened it'),
    ]);
  });

  it('is told of where its issuer named an originator before whose consent it does not cite', () => {
    const naming = (over: object = {}): Said => ({
      typ: 'parley-label+json',
      name: 'naming',
      payload: { originator: FIX, item: ITEM, change: 'ADD', label: { ...label, originators: [EFCX, FIX] }, at: '', ...over },
    });
    const anew = { ...consent(), name: 'anew' };
    const late = { ...consent({ originator: EFCX }), name: 'late' };
    const cited = (...names: string[]): Said => release({ consents: names.map((name) => digest(name)) });
    const lacking = [expect.stringContaining('NOT COVERED: no consent of NG-EFCX')];
    expect(remarksOf(envelope, naming(), anew, cited('anew'))).toEqual(lacking);
    expect(remarksOf(envelope, naming(), anew, late, cited('anew', 'late'))).toEqual([]);
    // nobody else's word makes an originator, nor does one about another item, or one that came behind it
    for (const over of [{ originator: LI }, { item: digest('another') }])
      expect(remarksOf(envelope, naming(over), anew, cited('anew'))).toEqual([]);
    expect(remarksOf(envelope, anew, cited('anew'), naming())).toEqual([]);
  });

  it('is told of where it is a request or a notice that the file does not hold', () => {
    const request: Said = { typ: 'parley-envelope+json', name: 'request', payload: { from: FIA, to: FIX, items: [] } };
    const presumed = { presumed: digest('request') };
    const each = { each: [{ originator: FIX, ...presumed }] };
    for (const basis of [presumed, each]) {
      expect(remarksOf(request, envelope, release(basis))).toEqual([]);
      expect(remarksOf(envelope, release(basis))).toEqual([expect.stringContaining(`NOT SHOWN: the request ${digest('request')}`)]);
    }
    const notices = { notices: [digest('notice')], approvals: [digest('approval')] };
    const notice: Said = { typ: 'parley-notice+json', name: 'notice', payload: {} };
    expect(remarksOf(envelope, notice, release(notices))).toEqual([expect.stringContaining(`NOT SHOWN: ${digest('approval')}`)]);
    expect(remarksOf(envelope, release({ exemption: 'OWN_PROCEEDINGS' }))).toEqual([]);
    expect(remarksOf(release({ exemption: 'OWN_PROCEEDINGS' }))).toEqual([
      expect.stringContaining('NOT SHOWN: what gave the item to NG-FIA'),
    ]);
  });

  it('asks nothing of what goes to its originator, and of an item sealed anew', () => {
    expect(remarksOf(envelope, release({ exemption: 'RETURN' }, { to: FIX }))).toEqual([]);
    expect(remarksOf(release({ reseal: true }, { to: FIA }))).toEqual([]);
  });
});

describe('what holders added on the way', () => {
  const added = (code: string, by: string) => ({ ...label, caveats: [...label.caveats, { code, by }] });
  const given = (code: string, by: string) => release(onConsent, { holder: by, to: LI, label: added(code, by) }, `given-${by}`);
  const onward = (bears: object) => release({ exemption: 'OWN_PROCEEDINGS' }, { holder: LI, to: EFCX, label: bears }, 'onward');
  const weaker = (...said: Said[]) =>
    remarksOf(envelope, consent(), ...said).filter((line) => line.startsWith(`Release ${digest('onward')}`));

  it('has to stand on the next release, unless the one who added it handed it on anew without', () => {
    expect(weaker(given('NO_EXPORT', FIA), onward(added('NO_EXPORT', FIA)))).toEqual([]);
    expect(weaker(given('NO_EXPORT', FIA), onward(label))).toEqual([
      expect.stringContaining('WEAKER: its label leaves out what NG-FIA added when handing the item to LI-FIN'),
    ]);
    expect(weaker(given('NO_EXPORT', FIA), release(onConsent, {}, 'anew'), onward(label))).toEqual([]);
    expect(weaker(release(onConsent, {}, 'before'), given('NO_EXPORT', FIA), onward(label))).toEqual([expect.stringContaining('WEAKER')]);
    expect(weaker(given('NO_EXPORT', FIA), onward({ ...added('NO_EXPORT', FIA), level: 'PUBLIC' }))).toEqual([
      expect.stringContaining('WEAKER'),
    ]);
  });

  it('is, of what two gave, enough as one of them gave it', () => {
    const both = [given('NO_EXPORT', FIA), given('RETURN', EFCX)];
    expect(weaker(...both, onward(added('RETURN', EFCX)))).toEqual([]);
    expect(weaker(...both, onward(label))).toEqual([expect.stringContaining('what NG-FIA, NG-EFCX added')]);
  });

  it('binds the role in which it came, and the body as another by nothing', () => {
    const as = (holderType: string) => release({ exemption: 'OWN_PROCEEDINGS' }, { holder: LI, holderType, to: EFCX, label }, 'onward');
    const toType = 'LAW_ENFORCEMENT';
    const came = release(onConsent, { holder: FIA, to: LI, toType, label: added('NO_EXPORT', FIA) }, 'came');
    expect(weaker(came, as(toType))).toEqual([expect.stringContaining('WEAKER')]);
    expect(weaker(came, as('FIU'))).toEqual([expect.stringContaining('NOT SHOWN: what gave the item to LI-FIN')]);
    const sent: Said = {
      typ: 'parley-envelope+json',
      name: 'sent',
      payload: { from: FIX, to: LI, toType: 'FIU', items: [digest('item')] },
    };
    expect(weaker(sent, came, as('FIU'))).toEqual([]);
    expect(weaker(sent, came, as(toType))).toEqual([expect.stringContaining('WEAKER')]);
    // from the one to the other, and on from there
    const own = { holder: LI, to: LI, holderType: 'FIU', toType };
    const across = release({ exemption: 'OWN_PROCEEDINGS' }, { ...own, label: added('NO_EXPORT', LI) }, 'across');
    expect(weaker(sent, across, as(toType))).toEqual([expect.stringContaining('what LI-FIN added')]);
  });

  it('is nobody’s to see where what gave it to its holder is not shown', () => {
    expect(weaker(onward(label))).toEqual([expect.stringMatching(/NOT SHOWN: what gave the item to LI-FIN, and what was added/)]);
  });
});
