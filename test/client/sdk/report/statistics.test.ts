import { describe, expect, it } from 'vitest';
import { DIMENSIONS, type Counted, type Counter, type Dimension } from '../../../../client/sdk/report/counters.js';
import { HELD_BACK, publish } from '../../../../client/sdk/report/statistics.js';

/** exchanges with one counterpart: requests, spontaneous disclosures, and requests for consent that were granted, refused, or neither */
interface Cell {
  readonly requests: number;
  readonly spontaneous: number;
  readonly granted: number;
  readonly refused: number;
  readonly open: number;
}
type World = readonly Cell[];

/** in none of the other tables, which would only take time */
const NOWHERE = Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, [] as string[]])) as Record<Dimension, string[]>;

function exchangesOf(world: World): Counted[] {
  return world.flatMap(({ requests, spontaneous, granted, refused, open }, at) => {
    const exchanges = (times: number, type: string, ...counts: Counter[]): Counted[] => {
      const categories = { ...NOWHERE, counterpart: [`C${at}`], exchangeType: [type] };
      return Array.from({ length: times }, () => ({ side: 'MADE', counts: new Set(counts), days: {}, categories }));
    };
    return [
      ...exchanges(requests, 'MLA_REQUEST', 'requests'),
      ...exchanges(spontaneous, 'SPONTANEOUS_DISCLOSURE', 'spontaneous'),
      ...exchanges(granted, 'CONSENT_REQUEST', 'consentsAsked', 'consentsGranted'),
      ...exchanges(refused, 'CONSENT_REQUEST', 'consentsAsked', 'consentsRefused'),
      ...exchanges(open, 'CONSENT_REQUEST', 'consentsAsked'),
    ];
  });
}

const COUNTERS: ReadonlySet<unknown> = new Set(['requests', 'spontaneous', 'consentsAsked', 'consentsGranted', 'consentsRefused'] as const);

/** What is published, and what stands behind each number of it. */
function readingOf(world: World): { readonly shown: string; readonly truth: ReadonlyMap<string, number> } {
  const all = exchangesOf(world);
  const rows = publish(all);
  const counted = rows.filter(({ counter, dimension }) => COUNTERS.has(counter) && dimension !== 'exchangeType');
  const listed = new Set(rows.map(({ category }) => category));
  const isIn = ({ categories }: Counted, category: unknown): boolean =>
    category === 'ALL' || categories.counterpart.some((name) => (listed.has(name) ? name : HELD_BACK) === category);
  const behind = counted.map(
    ({ counter, category }) =>
      [
        `${String(counter)} of ${String(category)}`,
        all.filter((one) => isIn(one, category) && one.counts.has(counter as Counter)).length,
      ] as const,
  );
  return { shown: JSON.stringify(rows.map((row) => Object.values(row))), truth: new Map(behind) };
}

function* cellsOf(max: Cell, askedMax: number): Generator<Cell> {
  const upTo = (most: number): number[] => Array.from({ length: most + 1 }, (_, i) => i);
  for (const requests of upTo(max.requests))
    for (const spontaneous of upTo(max.spontaneous))
      for (const granted of upTo(max.granted))
        for (const refused of upTo(max.refused))
          for (const open of upTo(max.open))
            if (granted + refused + open <= askedMax) yield { requests, spontaneous, granted, refused, open };
}

/** Every one and two that all worlds have of which the same is published. */
function workedOut(worlds: readonly World[], isTried: (world: World) => boolean): string[] {
  const alike = new Map<string, { readonly world: World; readonly truth: ReadonlyMap<string, number> }[]>();
  for (const world of worlds) {
    const { shown, truth } = readingOf(world);
    const known = alike.get(shown);
    if (known === undefined) alike.set(shown, [{ world, truth }]);
    else known.push({ world, truth });
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    const tried = group.find(({ world }) => isTried(world));
    if (first === undefined || tried === undefined) return [];
    const told = [...first.truth].filter(
      ([name, value]) => value > 0 && value < 3 && group.every(({ truth }) => truth.get(name) === value),
    );
    return told.map(([name, value]) => `${name} is ${value} in ${tried.world.map((cell) => Object.values(cell).join('/')).join(' ')}`);
  });
}

describe('statistics', () => {
  const asked = (granted: number, refused: number, open: number) => ({ requests: 0, spontaneous: 0, granted, refused, open });
  const valueOf = (world: World, counter: Counter, category: string) =>
    publish(exchangesOf(world)).find((row) => row['counter'] === counter && row['category'] === category)?.['value'];

  it('say a counter of which there is none like one that is held back', () => {
    expect(valueOf([asked(9, 0, 1)], 'consentsRefused', 'ALL')).toBe(HELD_BACK);
    expect(valueOf([asked(9, 1, 0)], 'consentsRefused', 'ALL')).toBe(HELD_BACK);
    expect(publish(exchangesOf([asked(9, 0, 1)]))).toEqual(publish(exchangesOf([asked(9, 1, 0)])));
  });

  it('say nothing of a side that has no exchange', () => {
    expect([...new Set(publish(exchangesOf([asked(4, 0, 0)])).map(({ of }) => of))]).toEqual(['MADE']);
    expect(publish([])).toEqual([]);
  });

  it('give nobody away to whoever reads all of it and knows the rule', () => {
    const some = [...cellsOf({ requests: 2, spontaneous: 1, granted: 3, refused: 3, open: 3 }, 3)];
    const worlds = some.flatMap((one) => some.map((other) => [one, other]));
    const isTried = (world: World): boolean =>
      world.every(({ requests, spontaneous, granted, refused, open }) => requests < 2 && spontaneous < 1 && granted + refused + open < 3);
    expect(workedOut(worlds, isTried).slice(0, 9)).toEqual([]);
  });
});
