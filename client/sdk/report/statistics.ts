/** Statistics without persons (7.4; FATF R.33 [M], AMLD6 27(e)(f) [F:S19], seed ¶17, 18, 22, 24, 43(j)): made of the log, small numbers held back. */
import { countExchange, DIMENSIONS, MEDIANS, type Counted, type Counter, type Dimension, type Median } from './counters.js';
import { storiesBegun } from './exchanges.js';
import { countOf, FAMILIES, FEW, figureOf, KINDS, LISTED_MIN, wholeOf } from './leeway.js';
import type { ReportKind, Row } from './question.js';
import { suppress, type Counts, type Figure } from './suppress.js';

const VALUES_MIN = 3;
/** of a whole side, whatever the dimension */
const ALL = 'ALL';
/** What stands where a number is held back: fewer than three, or one that would give such a number away. */
export const HELD_BACK = '*';

interface Side {
  readonly name: Counted['side'];
  readonly all: readonly Counted[];
  /** categories of each dimension, sorted, with what they hold */
  readonly tables: ReadonlyMap<Dimension, readonly (readonly [string, readonly Counted[]])[]>;
}

function tableOf(all: readonly Counted[], dimension: Dimension): (readonly [string, Counted[]])[] {
  const held = new Map<string, Counted[]>();
  for (const one of all)
    for (const category of one.categories[dimension]) {
      const known = held.get(category);
      if (known === undefined) held.set(category, [one]);
      else known.push(one);
    }
  // that there is a category at all is a number above zero: the small ones stand together
  const isListed = ([, one]: readonly [string, Counted[]]): boolean => one.length >= LISTED_MIN;
  const listed = [...held].filter(isListed).sort(([a], [b]) => (a < b ? -1 : 1));
  const others = new Set([...held].filter((entry) => !isListed(entry)).flatMap(([, one]) => one));
  return others.size === 0 ? listed : [...listed, [FEW, [...others]]];
}

const sideOf = (name: Counted['side'], counted: readonly Counted[]): Side => {
  const all = counted.filter(({ side }) => side === name);
  const tables = DIMENSIONS.map((dimension) => [dimension, tableOf(all, dimension)] as const);
  // how many categories there are says how many exchanges there are at least, which must say nothing of a kind that is held back
  const atLeast = Math.max(0, ...tables.map(([, table]) => fewestOf(table, all.length)));
  const shown = KINDS.map((kind) => countOf(all, kind)).reduce((sum, count) => sum + (count < LISTED_MIN ? 0 : count), 0);
  // nor may which categories are listed tell how many of a kind one of them has
  const tells = ([dimension, table]: (typeof tables)[number], kind: Counter): boolean => {
    const total = countOf(all, kind);
    const figures = table.map(([category, held]) => figureOf(held, kind, { dimension, category }));
    return total >= LISTED_MIN && suppress([{ total, tables: [figures] }])[0]?.total !== total;
  };
  return { name, all, tables: new Map(atLeast > shown ? [] : tables.filter((table) => !KINDS.some((kind) => tells(table, kind)))) };
};

const fewestOf = (table: readonly (readonly [string, readonly Counted[]])[], total: number): number =>
  // whatever stands in several categories is no bound
  table.reduce((sum, [, held]) => sum + held.length, 0) > total
    ? 0
    : table.reduce((sum, [category]) => sum + (category === FEW ? 1 : LISTED_MIN), 0);

const NO_FIGURE: Figure = { value: 0, least: 0, most: 0 };
type Put = (dimension: string, category: string, counter: string, value: number | null) => void;

type Shown = ReadonlyMap<string, number | null>;

/** @returns what was published of each cell, so that a ratio shows no more than its two numbers do */
function putCounters({ all, tables }: Side, counters: readonly Counter[], put: Put): (readonly [Counter, Shown])[] {
  const dimensions = [...tables];
  const of = (counter: Counter): Counts => {
    const total = countOf(all, counter);
    // of a small total no cell is shown, whatever it is
    const figures = ([dimension, table]: (typeof dimensions)[number]): Figure[] =>
      table.map(([category, held]) => (total < LISTED_MIN ? NO_FIGURE : figureOf(held, counter, { dimension, category })));
    return { total, tables: dimensions.map(figures) };
  };
  const whole = counters.length > 1 ? wholeOf(counters[0]!) : undefined;
  const held = suppress(counters.map(of), whole === undefined ? undefined : of(whole));
  return counters.map((counter, at) => {
    const { total, cells } = held[at]!;
    const shown = new Map<string, number | null>([[ALL, total]]);
    put(ALL, ALL, counter, total);
    for (const [d, [dimension, table]] of dimensions.entries())
      for (const [c, [category]] of table.entries()) {
        const value = cells[d]?.[c] ?? null;
        shown.set(`${dimension} ${category}`, value);
        put(dimension, category, counter, value);
      }
    return [counter, shown];
  });
}

function medianOf(held: readonly Counted[], median: Median): number | null {
  const all: number[] = [];
  for (const { days } of held) if (days[median] !== undefined) all.push(days[median]);
  // sorts numbers without asking a function about each pair
  const values = Float64Array.from(all).sort();
  if (values.length < VALUES_MIN) return null;
  const middle = values.length >> 1;
  const upper = values[middle]!;
  return values.length % 2 === 1 ? upper : (upper + values[middle - 1]!) / 2;
}

function putRatio(shown: ReadonlyMap<Counter, Shown>, put: Put): void {
  for (const [key, matured] of shown.get('matured') ?? []) {
    const informal = shown.get('informal')?.get(key) ?? null;
    const [dimension = ALL, category = ALL] = key.split(' ');
    if (matured !== null && informal !== null && informal > 0)
      put(dimension, category, 'maturedPercent', Math.round((100 * matured) / informal));
  }
}

function rowsOf(side: Side): Row[] {
  const rows: Row[] = [];
  if (side.all.length === 0) return rows;
  const put: Put = (dimension, category, counter, value) =>
    void rows.push({ of: side.name, dimension, category, counter, value: value ?? HELD_BACK });
  // each of them, whatever it counts: one that is left out would say that one that is held back is not zero
  putRatio(new Map(FAMILIES.flatMap((counters) => putCounters(side, counters, put))), put);
  for (const median of MEDIANS) {
    put(ALL, ALL, median, medianOf(side.all, median));
    for (const [dimension, table] of side.tables)
      for (const [category, held] of table) put(dimension, category, median, medianOf(held, median));
  }
  return rows;
}

/**
 * What leaves of these exchanges. Whoever reads one breakdown of it, and knows how it is held back, works out no one and no two of its counters.
 * What several breakdowns, medians or exports tell together is not proved (`docs/THREATS.md`).
 */
export const publish = (counted: readonly Counted[]): Row[] =>
  (['MADE', 'RECEIVED'] as const).flatMap((name) => rowsOf(sideOf(name, counted)));

/** Exchanges that began in the time that is asked about, with all that came of them since. */
export const STATISTICS: ReportKind = {
  code: 'STATISTICS',
  columns: ['of', 'dimension', 'category', 'counter', 'value'],
  rows: (question) => publish(storiesBegun(question).map((story) => countExchange(story, question))),
};
