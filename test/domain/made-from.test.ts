/** Laws of what is added later, on random derivation graphs, against a model that walks every way by itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, hasCaveat, isAtLeast, type Label, type PlainCaveat } from '../../domain/label.js';
import { additionsTo, labelNow, purposesNow, type LoggedChange, type Made } from '../../domain/made-from.js';
import { authority } from '../support/ids.js';

const [A, B] = [authority('VG-FIX'), authority('NG-FIA')];
const CODES = ['NO_THIRD_PARTY', 'NO_EXPORT', 'OWN_ORG_ONLY'] as const satisfies readonly PlainCaveat[];

const label = (codes: readonly PlainCaveat[] = [], by = A): Label => ({
  level: 'OFFICIAL',
  tlp: 'GREEN',
  caveats: codes.map((code) => ({ code, by })),
  purposes: ['INTELLIGENCE'],
  originators: [A, B].sort(),
  destroyBy: null,
});
const add = (logIndex: number, code: PlainCaveat): LoggedChange => ({
  originator: A,
  logIndex,
  change: 'ADD',
  label: label([code], A),
});
const relax = (logIndex: number, code: PlainCaveat, originator = A): LoggedChange => ({
  originator,
  logIndex,
  change: 'RELAX',
  lifts: [code],
});
const made = (logIndex: number, changes: readonly LoggedChange[] = [], sources: readonly Made[] = [], own = label()): Made => ({
  label: own,
  logIndex,
  changes,
  sources,
});
const now = (one: Made): Label => labelNow(one, additionsTo(one));
const bears = (one: Made, code: PlainCaveat): boolean => hasCaveat(now(one), code, A);

describe('what is added to a source later', () => {
  it('stands on what was made from it, and on what was made from that', () => {
    const source = made(0, [add(5, 'NO_EXPORT')]);
    const extract = made(1, [], [source]);
    for (const one of [source, extract, made(2, [], [extract])]) expect(bears(one, 'NO_EXPORT')).toBe(true);
  });

  it('does not stand on what was made after it: that has signed its own label over it', () => {
    expect(bears(made(6, [], [made(0, [add(5, 'NO_EXPORT')])]), 'NO_EXPORT')).toBe(false);
    expect(bears(made(4, [], [made(0, [add(5, 'NO_EXPORT')])]), 'NO_EXPORT')).toBe(true);
  });

  it('is lifted by its owner there, or on the extract for the extract alone', () => {
    const lifted = made(0, [add(5, 'NO_EXPORT'), relax(7, 'NO_EXPORT')]);
    expect(bears(made(1, [], [lifted]), 'NO_EXPORT')).toBe(false);
    const source = made(0, [add(5, 'NO_EXPORT')]);
    expect(bears(made(1, [relax(7, 'NO_EXPORT')], [source]), 'NO_EXPORT')).toBe(false);
    expect(bears(made(1, [], [source]), 'NO_EXPORT')).toBe(true);
  });

  it('is lifted neither by another nor before it was added', () => {
    const source = made(0, [add(5, 'NO_EXPORT')]);
    expect(bears(made(1, [relax(7, 'NO_EXPORT', B)], [source]), 'NO_EXPORT')).toBe(true);
    expect(bears(made(1, [relax(4, 'NO_EXPORT')], [source]), 'NO_EXPORT')).toBe(true);
  });

  it('is as strict as on the stricter of two ways', () => {
    const source = made(0, [add(5, 'NO_EXPORT')]);
    const [freed, bound] = [made(1, [relax(7, 'NO_EXPORT')], [source]), made(2, [], [source])];
    expect(bears(made(3, [], [freed, bound]), 'NO_EXPORT')).toBe(true);
    expect(bears(made(3, [], [freed]), 'NO_EXPORT')).toBe(false);
    expect(additionsTo(made(3, [], [bound, bound]))).toHaveLength(1);
  });

  it('leaves corrections out, and what an owner lifts from the label that it signed', () => {
    const correct: LoggedChange = { originator: A, logIndex: 3, change: 'CORRECT' };
    expect(additionsTo(made(0, [correct, { ...add(4, 'NO_EXPORT'), label: undefined }]))).toEqual([]);
    expect(additionsTo(made(0, [{ ...add(4, 'NO_EXPORT'), change: 'RETRACT' }]))).toEqual([]);
    // nothing but a RELAX lifts, whatever else a statement says
    const lifting: LoggedChange = { ...relax(7, 'NO_EXPORT'), change: 'CORRECT' };
    expect(bears(made(0, [add(5, 'NO_EXPORT'), lifting]), 'NO_EXPORT')).toBe(true);
    expect(bears(made(0, [lifting], [], label(['NO_EXPORT'])), 'NO_EXPORT')).toBe(true);
    const own = made(0, [relax(3, 'NO_EXPORT'), { originator: A, logIndex: 4, change: 'RELAX' }], [], label(['NO_EXPORT', 'OWN_ORG_ONLY']));
    expect(now(own).caveats.map(({ code }) => code)).toEqual(['OWN_ORG_ONLY']);
  });
});

/** Items in log order, each made from some that were there before, and what their owner said of them afterwards. */
const graph = fc.array(
  fc.record({
    from: fc.array(fc.nat(7), { maxLength: 3 }),
    said: fc.array(fc.record({ on: fc.nat(7), code: fc.constantFrom(...CODES), lifts: fc.boolean() }), { maxLength: 2 }),
  }),
  { minLength: 2, maxLength: 8 },
);

interface Drawn {
  readonly items: readonly Made[];
  readonly from: readonly (readonly number[])[];
  readonly said: readonly { readonly on: number; readonly at: number; readonly code: PlainCaveat; readonly lifts: boolean }[];
}

function draw(rows: typeof graph extends fc.Arbitrary<infer T> ? T : never): Drawn {
  const from = rows.map((row, at) => (at === 0 ? [] : [...new Set(row.from.map((one) => one % at))]));
  const said = rows.flatMap((row, at) => row.said.map((word, nth) => ({ ...word, on: word.on % (at + 1), at: at * 10 + nth + 1 })));
  const items: Made[] = [];
  for (const at of rows.keys()) {
    const changes = said.filter(({ on }) => on === at).map((word) => (word.lifts ? relax(word.at, word.code) : add(word.at, word.code)));
    items.push(
      made(
        at * 10,
        changes,
        from[at]!.map((source) => items[source]!),
      ),
    );
  }
  return { items, from, said };
}

/** Every way from an addition down to the item: does it come younger than each item on it, and does nobody lift it there later? */
function borneBy({ from, said }: Drawn, item: number, code: PlainCaveat): boolean {
  const comes = (at: number, source: number, way: readonly number[]): boolean => {
    const along = [...way, source];
    const stands = said.some(
      (word) =>
        !word.lifts &&
        word.on === source &&
        word.code === code &&
        way.every((one) => word.at > one * 10) &&
        !said.some((other) => other.lifts && along.includes(other.on) && other.code === code && other.at > word.at),
    );
    return stands || from[source]!.some((next) => comes(at, next, along));
  };
  return comes(item, item, []);
}

it('reaches along every way that a graph has, and only tightens', () => {
  fc.assert(
    fc.property(graph, (rows) => {
      const drawn = draw(rows);
      drawn.items.forEach((one, at) => {
        for (const code of CODES) expect(bears(one, code)).toBe(borneBy(drawn, at, code));
        expect(isAtLeast(now(one), canonical(one.label))).toBe(true);
      });
    }),
    { numRuns: 300 },
  );
});

it('has the purposes that its label has, which are told without it', () => {
  const narrowed = (changes: readonly LoggedChange[]): readonly LoggedChange[] =>
    changes.map((one) => (one.label === undefined || one.logIndex % 2 === 0 ? one : { ...one, label: { ...one.label, purposes: [] } }));
  fc.assert(
    fc.property(graph, (rows) => {
      const again = new Map<Made, Made>();
      for (const one of draw(rows).items)
        again.set(one, { ...one, changes: narrowed(one.changes), sources: one.sources.map((source) => again.get(source)!) });
      const known = new Map();
      for (const one of again.values()) expect(purposesNow(one, known)).toEqual(now(one).purposes);
    }),
  );
  const retracted = made(0, [
    { originator: A, logIndex: 1, change: 'RETRACT' },
    { ...add(2, 'NO_EXPORT'), label: undefined },
  ]);
  expect(purposesNow(retracted, new Map())).toEqual(['INTELLIGENCE']);
});

it('is told however much was said on however many ways: words are weighed one by one, and not way by way', () => {
  const [items, words] = [64, 100];
  const row: Made[] = [];
  for (let n = 0; n < items; n += 1) {
    const at = items + 2 * words * (items - n);
    const said = Array.from({ length: words }, (_, i) => [add(at + 2 * i, 'NO_EXPORT'), relax(at + 2 * i + 1, 'OWN_ORG_ONLY')]).flat();
    row.push(made(n, said, row.slice(-32)));
  }
  expect(additionsTo(row.at(-1)!)).toHaveLength(items * words);
  expect(bears(row.at(-1)!, 'NO_EXPORT')).toBe(true);
});
