import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACTION_LIMITS,
  canonical,
  contradictions,
  hasCaveat,
  isAtLeast,
  join,
  levelExceeds,
  PLAIN_CAVEATS,
  tightest,
  type Caveat,
  type Label,
} from '../../domain/label.js';
import { LEVELS, PURPOSES, TLPS } from '../../domain/vocabulary.js';
import { instantFromMs } from '../../domain/time.js';
import { authority, digest } from '../support/ids.js';

const ids = ['VG-FIX', 'NG-FIA', 'GG-FIU'].map(authority);
const id = fc.constantFrom(...ids);
const instants = fc.constantFrom(1, 2, 3).map(instantFromMs);
const some = <T>(all: readonly T[]) => fc.subarray([...all]);
const texts = some(['a', 'b', 'c'].map(digest));
const caveat: fc.Arbitrary<Caveat> = fc.oneof(
  fc.record({ code: fc.constantFrom(...PLAIN_CAVEATS), by: id }),
  fc.record({ code: fc.constant('NAMED_RECIPIENTS' as const), by: id, recipients: some(ids) }),
  fc.record({ code: fc.constant('CONFIDENTIAL_UNTIL' as const), by: id, until: instants }),
  fc.record({ code: fc.constant('SPECIALITY' as const), by: id, proceedings: some(['p', 'q']) }),
  fc.record({ code: fc.constant('ACTION_LIMIT' as const), by: id, limit: fc.constantFrom(...ACTION_LIMITS) }),
  fc.record({ code: fc.constant('CONDITIONS' as const), by: id, texts, notBefore: fc.option(instants) }),
  fc.record({ code: fc.constant('OTHER_RESTRICTION' as const), by: id, texts }),
);
const labels: fc.Arbitrary<Label> = fc.record({
  level: fc.constantFrom(...LEVELS),
  tlp: fc.constantFrom(...TLPS),
  caveats: fc.array(caveat, { maxLength: 6 }),
  purposes: some(PURPOSES.slice(0, 5)),
  originators: fc.subarray(ids, { minLength: 1 }),
  destroyBy: fc.option(instants),
});
/** Some of its caveats and purposes, so that one of the two is often at least as strict as the other. */
const labelsLike = (label: Label): fc.Arbitrary<Label> =>
  fc.record({
    level: fc.constantFrom('PUBLIC' as const, label.level),
    tlp: fc.constantFrom('CLEAR' as const, label.tlp),
    caveats: fc.tuple(fc.subarray([...label.caveats]), fc.array(caveat, { maxLength: 1 })).map(([own, more]) => [...own, ...more]),
    purposes: fc.constantFrom(label.purposes, PURPOSES.slice(0, 5)),
    originators: fc.subarray([...label.originators]),
    destroyBy: fc.constantFrom(label.destroyBy, null),
  });
const open: Label = { level: 'PUBLIC', tlp: 'CLEAR', caveats: [], purposes: [...PURPOSES], originators: ids, destroyBy: null };
const by = ids[0]!;

describe('the join of labels', () => {
  it('does not care for the order of two', () => {
    fc.assert(
      fc.property(labels, labels, (a, b) => {
        expect(join(a, b)).toEqual(join(b, a));
      }),
    );
  });

  it('changes nothing in a label exactly where that is at least as strict as what it is joined with', () => {
    const near = labels.chain((label) => fc.tuple(fc.constant(label), fc.oneof(labels, fc.constant(canonical(label)), labelsLike(label))));
    fc.assert(
      fc.property(near, ([a, b]) => {
        const changesNothing = JSON.stringify(join(a, b)) === JSON.stringify(canonical(a));
        expect(isAtLeast(a, b)).toBe(changesNothing);
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not care for the grouping of three', () => {
    fc.assert(
      fc.property(labels, labels, labels, (a, b, c) => {
        expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
      }),
    );
  });

  it('says nothing new of itself', () => {
    fc.assert(
      fc.property(labels, labels, (a, b) => {
        expect(join(canonical(a), canonical(a))).toEqual(canonical(a));
        expect(join(join(a, b), b)).toEqual(join(a, b));
      }),
    );
  });

  it('only tightens', () => {
    fc.assert(
      fc.property(labels, labels, (a, b) => {
        const joined = join(a, b);
        expect(levelExceeds(a.level, joined.level)).toBe(false);
        expect(TLPS.indexOf(joined.tlp)).toBeGreaterThanOrEqual(TLPS.indexOf(a.tlp));
        for (const purpose of joined.purposes) expect(a.purposes).toContain(purpose);
        for (const originator of a.originators) expect(joined.originators).toContain(originator);
        for (const { code, by: owner } of a.caveats) if (code !== 'FPS_REPORT') expect(hasCaveat(joined, code, owner)).toBe(true);
        if (a.destroyBy !== null) expect(joined.destroyBy).toBeLessThanOrEqual(a.destroyBy);
        expect(isAtLeast(joined, a)).toBe(true);
      }),
    );
  });

  it('of several is the same in whatever order they come, and of none is nothing', () => {
    fc.assert(
      fc.property(fc.array(labels, { minLength: 1, maxLength: 4 }), (all) => {
        expect(tightest([...all].reverse())).toEqual(tightest(all));
      }),
    );
    expect(tightest([])).toBeNull();
  });

  it('keeps the freedom of services only where all sources have it', () => {
    const fps = { ...open, caveats: [{ code: 'FPS_REPORT' as const, by }] };
    expect(join(fps, open).caveats).toEqual([]);
    expect(join(fps, fps).caveats).toEqual(fps.caveats);
  });
});

describe('caveats of one kind and one owner', () => {
  const joined = (a: Caveat, b: Caveat) => join({ ...open, caveats: [a] }, { ...open, caveats: [b] }).caveats;
  it('join to the stricter of the two', () => {
    expect(joined({ code: 'NAMED_RECIPIENTS', by, recipients: ids }, { code: 'NAMED_RECIPIENTS', by, recipients: [by] })).toEqual([
      { code: 'NAMED_RECIPIENTS', by, recipients: [by] },
    ]);
    expect(joined({ code: 'SPECIALITY', by, proceedings: ['p'] }, { code: 'SPECIALITY', by, proceedings: ['q'] })).toEqual([
      { code: 'SPECIALITY', by, proceedings: [] },
    ]);
    const until = (n: number): Caveat => ({ code: 'CONFIDENTIAL_UNTIL', by, until: instantFromMs(n) });
    expect(joined(until(1), until(2))).toEqual([until(2)]);
    expect(joined(until(2), until(1))).toEqual([until(2)]);
    const limit = (name: (typeof ACTION_LIMITS)[number]): Caveat => ({ code: 'ACTION_LIMIT', by, limit: name });
    expect(joined(limit('INQUIRIES'), limit('NONE'))).toEqual([limit('NONE')]);
    expect(joined(limit('NONE'), limit('PASSIVE'))).toEqual([limit('NONE')]);
  });

  it('join conditions to all of them, from the later day on', () => {
    const on = (text: string, at: number | null): Caveat => ({
      code: 'CONDITIONS',
      by,
      texts: [digest(text)],
      notBefore: at === null ? null : instantFromMs(at),
    });
    expect(joined(on('a', 1), on('b', 2))).toMatchObject([{ texts: [digest('a'), digest('b')], notBefore: 2 }]);
    expect(joined(on('a', null), on('b', 2))).toMatchObject([{ notBefore: 2 }]);
    expect(joined(on('a', 2), on('b', null))).toMatchObject([{ notBefore: 2 }]);
    expect(joined(on('a', 2), on('b', 1))).toMatchObject([{ notBefore: 2 }]);
    const other = (text: string): Caveat => ({ code: 'OTHER_RESTRICTION', by, texts: [digest(text)] });
    expect(joined(other('b'), other('a'))).toEqual([{ code: 'OTHER_RESTRICTION', by, texts: [digest('a'), digest('b')] }]);
  });
});

describe('caveats of different kinds or owners', () => {
  it('never imply each other', () => {
    fc.assert(
      fc.property(caveat, caveat, (a, b) => {
        fc.pre(a.code !== b.code || a.by !== b.by);
        fc.pre(a.code !== 'FPS_REPORT' && b.code !== 'FPS_REPORT');
        expect(isAtLeast({ ...open, caveats: [a] }, { ...open, caveats: [b] })).toBe(false);
      }),
    );
  });
});

describe('strictness', () => {
  it('is asked in every respect at once', () => {
    expect(isAtLeast(open, { ...open, level: 'OFFICIAL' })).toBe(false);
    expect(isAtLeast({ ...open, tlp: 'RED' }, { ...open, tlp: 'GREEN' })).toBe(true);
    expect(isAtLeast(open, { ...open, destroyBy: instantFromMs(1) })).toBe(false);
    expect(isAtLeast({ ...open, destroyBy: instantFromMs(1) }, { ...open, destroyBy: instantFromMs(2) })).toBe(true);
    expect(isAtLeast({ ...open, destroyBy: instantFromMs(2) }, { ...open, destroyBy: instantFromMs(1) })).toBe(false);
    expect(isAtLeast({ ...open, originators: [by] }, open)).toBe(false);
    expect(isAtLeast(open, { ...open, purposes: [] })).toBe(false);
  });
});

describe('contradictions', () => {
  const found = (over: Partial<Label>) => contradictions({ ...open, ...over });
  it('are named one by one', () => {
    expect(found({})).toEqual([]);
    expect(
      found({
        caveats: [
          { code: 'FPS_REPORT', by },
          { code: 'NO_THIRD_PARTY', by },
        ],
      }),
    ).toEqual(['FPS_WITH_THIRD_PARTY_RULE']);
    expect(found({ tlp: 'RED' })).toEqual(['RED_WITH_DISTRIBUTION']);
    expect(found({ tlp: 'RED', caveats: [{ code: 'NAMED_RECIPIENTS', by, recipients: [by] }] })).toEqual([]);
    expect(found({ caveats: [{ code: 'NAMED_RECIPIENTS', by, recipients: [] }] })).toEqual(['NOBODY_NAMED']);
    expect(found({ caveats: [{ code: 'SPECIALITY', by, proceedings: [] }] })).toEqual(['NO_PROCEEDINGS']);
    expect(found({ caveats: [{ code: 'RETURN', by: authority('XX-ANY') }] })).toEqual(['CAVEAT_OF_STRANGER']);
    expect(found({ caveats: [{ code: 'CONFIDENTIAL_FACT', by: authority('XX-ANY') }] })).toEqual([]);
  });

  it('look for a caveat by its owner where one is named', () => {
    expect(hasCaveat({ ...open, caveats: [{ code: 'RETURN', by }] }, 'RETURN', ids[1])).toBe(false);
    expect(hasCaveat({ ...open, caveats: [{ code: 'RETURN', by }] }, 'RETURN')).toBe(true);
  });
});

describe('one spelling of a label', () => {
  const [FIX, FIA] = [ids[0]!, ids[1]!];
  const label = (over: Partial<Label>): Label => ({
    level: 'PUBLIC',
    tlp: 'CLEAR',
    caveats: [],
    purposes: [],
    originators: [FIX],
    destroyBy: null,
    ...over,
  });

  it('has its purposes, recipients and proceedings in one order, in whichever they were given', () => {
    const caveats = (turned: boolean): Caveat[] => [
      { code: 'NAMED_RECIPIENTS', by: FIX, recipients: turned ? [FIX, FIA] : [FIA, FIX] },
      { code: 'SPECIALITY', by: FIX, proceedings: turned ? ['q', 'p'] : ['p', 'q'] },
    ];
    const one = label({ caveats: caveats(true), purposes: ['TAX', 'INTELLIGENCE'] });
    const other = label({ caveats: caveats(false), purposes: ['INTELLIGENCE', 'TAX'] });
    expect(canonical(one)).toEqual(canonical(other));
    expect(canonical(one).purposes).toEqual(['INTELLIGENCE', 'TAX']);
    expect(join(one, other)).toEqual(join(other, one));
  });

  it('is no weaker for being without a report that loosens, and weaker for one more loosening than was allowed', () => {
    const fps = (...by: (typeof FIX)[]): Caveat[] => by.map((who) => ({ code: 'FPS_REPORT', by: who }));
    const stands: Caveat = { code: 'INTEL_ONLY', by: FIX };
    const floor = label({ caveats: fps(FIA, FIX) });
    expect(isAtLeast(label({}), floor)).toBe(true);
    // loosened by one of them and otherwise strict, it lacks the other's word: joined with the floor it would change
    expect(isAtLeast(label({ caveats: [...fps(FIA), stands] }), floor)).toBe(false);
    expect(isAtLeast(label({ caveats: fps(FIA) }), label({}))).toBe(false);
  });
});
