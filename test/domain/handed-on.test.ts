import { describe, expect, it } from 'vitest';
import { asHandedOn, holdersIn, isOfHolder, labelAsHeld, type HandedOn, type Terms } from '../../domain/handed-on.js';
import { isAtLeast, type Caveat, type Label } from '../../domain/label.js';
import { authority, digest, instant } from '../support/ids.js';

const [FIX, FIA, EFCX, LAW] = [authority('VG-FIX'), authority('NG-FIA'), authority('NG-EFCX'), authority('GG-LAW')];
const label: Label = {
  level: 'OFFICIAL',
  tlp: 'GREEN',
  caveats: [{ code: 'NO_THIRD_PARTY', by: FIX }],
  purposes: ['INTELLIGENCE', 'INVESTIGATION'],
  originators: [FIX],
  destroyBy: null,
};
const released = (over: Partial<Label>, more: Partial<HandedOn> = {}): HandedOn => ({
  holder: FIA,
  purpose: 'INTELLIGENCE',
  until: instant('2026-12-01T00:00:00Z'),
  label: { ...label, ...over },
  consents: [],
  isReseal: false,
  isPortion: false,
  logIndex: 5,
  ...more,
});
const own: Caveat = { code: 'NO_EXPORT', by: FIA };
const now = instant('2026-06-01T00:00:00Z');

describe('an item that was handed on', () => {
  it('bears what its originators say now and what the holder added, and is never looser than either', () => {
    const destroyBy = instant('2026-11-01T00:00:00Z');
    const handed = asHandedOn(label, released({ level: 'RESTRICTED', tlp: 'AMBER', destroyBy, caveats: [...label.caveats, own] }), []);
    expect(handed).toEqual({ ...label, level: 'RESTRICTED', tlp: 'AMBER', destroyBy, caveats: [own, ...label.caveats] });
    expect(isAtLeast(handed, label)).toBe(true);
    const tightened: Label = { ...label, level: 'RESTRICTED', tlp: 'AMBER+STRICT', purposes: ['INTELLIGENCE'] };
    expect(asHandedOn(tightened, released({}), [])).toEqual(tightened);
  });

  it('keeps of the purposes those that the holder left and the one that it gave it for', () => {
    expect(asHandedOn(label, released({ purposes: [] }), []).purposes).toEqual(['INTELLIGENCE']);
    expect(asHandedOn(label, released({ purposes: ['INVESTIGATION'] }, { purpose: 'TAX' }), []).purposes).toEqual(['INVESTIGATION']);
    expect(asHandedOn({ ...label, purposes: ['TAX'] }, released({}), []).purposes).toEqual([]);
  });

  it('is no longer bound by what an originator has lifted since: the release had a copy of that', () => {
    const lifted = asHandedOn({ ...label, caveats: [] }, released({}), []);
    expect(lifted.caveats).toEqual([]);
    // whoever was made an originator later had added it as a holder
    const joined = asHandedOn({ ...label, originators: [FIA, FIX] }, released({ caveats: [own] }), []);
    expect(joined.caveats).toContainEqual(own);
    // nobody frees itself by calling itself an originator
    expect(asHandedOn(label, released({ caveats: [own], originators: [FIA, FIX] }), []).caveats).toContainEqual(own);
  });

  it('leaves a report what the law gives it', () => {
    const fps: Caveat = { code: 'FPS_REPORT', by: FIX };
    expect(asHandedOn({ ...label, caveats: [fps] }, released({ caveats: [own] }), []).caveats).toEqual([fps, own]);
  });

  const lasting = (name: string, over: Partial<Terms> = {}): Terms => ({
    ...{ digest: digest(name), originator: FIX, conditions: null },
    ...{ until: instant('2026-12-01T00:00:00Z'), revokedAt: null },
    ...over,
  });
  const codes = (heldBy: readonly HandedOn[] | null, stated: Label | null = null, grants: readonly Terms[] = []) =>
    labelAsHeld(label, heldBy, grants, now, stated).caveats.map(({ code }) => code);
  const [strict, plain] = [released({ caveats: [own] }), released({ caveats: [] })];

  it('is held under the last release in force, or the last of all, and by envelope under none', () => {
    const ended = { ...strict, until: instant('2026-05-01T00:00:00Z') };
    expect(codes([plain, strict])).toContain('NO_EXPORT');
    expect(codes([strict, plain])).not.toContain('NO_EXPORT');
    expect(codes([plain, ended])).not.toContain('NO_EXPORT');
    expect(codes([{ ...plain, until: ended.until }, ended])).toContain('NO_EXPORT');
    // an end is the first moment at which it holds no more
    expect(codes([plain, { ...strict, until: now }])).not.toContain('NO_EXPORT');
    expect(labelAsHeld(label, null, [], now, null)).toBe(label);
    expect(labelAsHeld(label, [], [], now, null)).toBe(label);
  });

  it('is held under no release whose consent has ended while another serves, whoever gave that', () => {
    const [first, second] = ['first', 'second'].map((name) => [digest(name)]);
    const others = released({ caveats: [own] }, { holder: EFCX, consents: second! });
    const both = [{ ...plain, consents: first! }, others];
    const revoked = lasting('first', { revokedAt: instant('2026-05-01T00:00:00Z') });
    const over = lasting('first', { until: now });
    const stands = [lasting('first'), lasting('second')];
    expect(codes(both, null, stands)).not.toContain('NO_EXPORT');
    for (const ended of [revoked, over]) expect(codes(both, null, [ended, lasting('second')])).toContain('NO_EXPORT');
    // nor does what is handed on, or made from it, keep to terms that serve no more
    expect(codes(both, label, [revoked, lasting('second')])).toContain('NO_EXPORT');
    // of one giver the last whose consent stands counts
    const again = [
      { ...strict, consents: second! },
      { ...plain, consents: first! },
    ];
    expect(codes(again, null, stands)).not.toContain('NO_EXPORT');
    expect(codes(again, null, [revoked, lasting('second')])).toContain('NO_EXPORT');
    // where all have ended nothing new rests on either, and each stands as it was; what is over in time stays behind those
    expect(codes(both, null, [revoked, lasting('second', { until: now })])).not.toContain('NO_EXPORT');
    const late = { ...plain, until: instant('2026-05-01T00:00:00Z') };
    expect(codes([late, { ...others, consents: first! }], null, [revoked])).toContain('NO_EXPORT');
    // one of two that it cites is enough to end it
    expect(codes([{ ...plain, consents: [...first!, ...second!] }, others], null, [revoked, lasting('second')])).toContain('NO_EXPORT');
  });

  it('is not freed as a whole where the same one hands on a portion of it without what it added', () => {
    const [part, strictPart] = [plain, strict].map((one) => ({ ...one, isPortion: true }));
    expect(codes([strictPart!])).toContain('NO_EXPORT');
    expect(codes([part!, strictPart!])).toContain('NO_EXPORT');
    expect(codes([strict, part!])).toContain('NO_EXPORT');
    expect(codes([part!, strict])).toContain('NO_EXPORT');
    expect(codes([plain, strictPart!])).not.toContain('NO_EXPORT');
    expect(codes([strictPart!, part!])).not.toContain('NO_EXPORT');
    expect(codes([strictPart!, plain])).not.toContain('NO_EXPORT');
  });

  it('is not tightened by somebody else who hands it on too', () => {
    const others = released({ caveats: [{ code: 'RETURN', by: EFCX }] }, { holder: EFCX });
    expect(codes([plain, others])).toEqual(['NO_THIRD_PARTY']);
    expect(codes([others, plain])).toEqual(['NO_THIRD_PARTY']);
    // where each adds something else, the first who gave it counts
    expect(codes([strict, others])).toEqual(['NO_EXPORT', 'NO_THIRD_PARTY']);
    expect(codes([others, strict])).toEqual(['NO_THIRD_PARTY', 'RETURN']);
  });

  it('is handed on by the terms of whichever giver its new label keeps to, and by the weakest of those', () => {
    const others = released({ caveats: [{ code: 'RETURN', by: EFCX }] }, { holder: EFCX });
    const bearing = (...caveats: Caveat[]): Label => ({ ...label, caveats: [...label.caveats, ...caveats] });
    const [no, back]: Caveat[] = [own, { code: 'RETURN', by: EFCX }];
    expect(codes([strict, others], bearing(back!))).toEqual(['NO_THIRD_PARTY', 'RETURN']);
    expect(codes([strict, others], bearing(no!, back!))).toEqual(['NO_EXPORT', 'NO_THIRD_PARTY']);
    expect(codes([strict, others, released({}, { holder: LAW })], bearing(no!))).toEqual(['NO_THIRD_PARTY']);
    // it keeps to neither: as where it states nothing
    expect(codes([strict, others], bearing())).toEqual(['NO_EXPORT', 'NO_THIRD_PARTY']);
  });

  it('is bound to the proceedings of the grants that the release cites, and of no other', () => {
    const grant = (name: string, conditions: Terms['conditions']) => ({ ...lasting(name), conditions });
    const grants = [grant('a', ['case-1', 'case-2']), grant('b', ['case-2']), grant('c', null), grant('d', ['case-9'])];
    const on = (...consents: string[]) =>
      labelAsHeld(label, [released({}, { consents: consents.map(digest) })], grants, now, null).caveats.flatMap((caveat) =>
        caveat.code === 'SPECIALITY' ? [[caveat.by, ...caveat.proceedings]] : [],
      );
    expect(on('a')).toEqual([[FIX, 'case-1', 'case-2']]);
    expect(on('a', 'b')).toEqual([[FIX, 'case-2']]);
    expect([on('c'), on()]).toEqual([[], []]);
  });

  it('is what it was where its holder seals it anew to itself', () => {
    const anew = { holder: EFCX, isReseal: true };
    expect(codes([strict, { ...plain, ...anew }])).toContain('NO_EXPORT');
    expect(codes([strict, { ...strict, ...anew }, plain])).not.toContain('NO_EXPORT');
    expect(codes([{ ...strict, ...anew }])).toContain('NO_EXPORT');
    // and what an originator has lifted since, it lifted there too
    expect(asHandedOn({ ...label, caveats: [] }, { ...plain, label, ...anew }, []).caveats).toEqual([]);
  });

  it('stays bound to proceedings where its holder seals it anew to itself, and no further once it hands it on', () => {
    const bound: Caveat = { code: 'SPECIALITY', by: FIX, proceedings: ['case-1'] };
    const seen = (isReseal: boolean) => asHandedOn(label, released({ caveats: [...label.caveats, bound] }, { isReseal }), []).caveats;
    expect(seen(true)).toContainEqual(bound);
    expect(seen(false)).toEqual(label.caveats);
  });

  it('tells caveats of whoever handed it on from those of originators and requesters', () => {
    const fact: Caveat = { code: 'CONFIDENTIAL_FACT', by: EFCX };
    const handed: Label = { ...label, caveats: [...label.caveats, own, fact] };
    expect([FIX, FIA, EFCX].map((who) => isOfHolder(handed, who))).toEqual([false, true, false]);
    expect(isOfHolder(label, FIA)).toBe(false);
    expect(holdersIn(handed)).toEqual([FIA, EFCX]);
    expect(holdersIn(label)).toEqual([]);
  });
});
