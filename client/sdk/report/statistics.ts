/** Statistics without persons (7.4; FATF R.33 [M], AMLD6 27(e)(f) [F:S19], seed ¶17, 18, 22, 24, 43(j)): made of the log, small numbers held back. */
import { countExchange, COUNTERS, DIMENSIONS, MEDIANS, type Counted, type Counter, type Dimension, type Median } from './counters.js';
import { foldExchanges } from './exchanges.js';
import { counterpartOf } from './overdue.js';
import type { Question, ReportKind, Row } from './question.js';
import { suppress } from './suppress.js';

const VALUES_MIN = 3;
/** of a whole side, whatever the dimension */
export const ALL = 'ALL';
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
  return [...held].sort(([a], [b]) => (a < b ? -1 : 1));
}

const sideOf = (name: Counted['side'], counted: readonly Counted[]): Side => {
  const all = counted.filter(({ side }) => side === name);
  return { name, all, tables: new Map(DIMENSIONS.map((dimension) => [dimension, tableOf(all, dimension)])) };
};

const countOf = (held: readonly Counted[], counter: Counter): number =>
  held.reduce((sum, { counts }) => sum + (counts.has(counter) ? 1 : 0), 0);

type Put = (dimension: string, category: string, counter: string, value: number | null) => void;

/** @returns what was published of each cell, so that a ratio shows no more than its two numbers do */
function putCounter({ all, tables }: Side, counter: Counter, put: Put): ReadonlyMap<string, number | null> {
  const dimensions = [...tables];
  const counts = dimensions.map(([, table]) => table.map(([, held]) => countOf(held, counter)));
  const { total, cells } = suppress(countOf(all, counter), counts);
  const shown = new Map<string, number | null>([[ALL, total]]);
  put(ALL, ALL, counter, total);
  for (const [d, [dimension, table]] of dimensions.entries())
    for (const [c, [category]] of table.entries()) {
      const value = cells[d]?.[c] ?? null;
      shown.set(`${dimension} ${category}`, value);
      put(dimension, category, counter, value);
    }
  return shown;
}

function medianOf(held: readonly Counted[], median: Median): number | null {
  const values = held.flatMap(({ days }) => days[median] ?? []).sort((a, b) => a - b);
  if (values.length < VALUES_MIN) return null;
  const middle = values.length >> 1;
  const upper = values[middle]!;
  return values.length % 2 === 1 ? upper : (upper + values[middle - 1]!) / 2;
}

function putRatio(shown: ReadonlyMap<Counter, ReadonlyMap<string, number | null>>, put: Put): void {
  for (const [key, matured] of shown.get('matured') ?? []) {
    const informal = shown.get('informal')?.get(key) ?? null;
    const [dimension = ALL, category = ALL] = key.split(' ');
    if (matured !== null && informal !== null && informal > 0)
      put(dimension, category, 'maturedPercent', Math.round((100 * matured) / informal));
  }
}

function rowsOf(side: Side): Row[] {
  const rows: Row[] = [];
  const put: Put = (dimension, category, counter, value) =>
    void rows.push({ of: side.name, dimension, category, counter, value: value ?? HELD_BACK });
  const shown = new Map<Counter, ReadonlyMap<string, number | null>>();
  for (const counter of COUNTERS) if (countOf(side.all, counter) > 0) shown.set(counter, putCounter(side, counter, put));
  putRatio(shown, put);
  for (const median of MEDIANS) {
    if (side.all.every(({ days }) => days[median] === undefined)) continue;
    put(ALL, ALL, median, medianOf(side.all, median));
    for (const [dimension, table] of side.tables)
      for (const [category, held] of table) put(dimension, category, median, medianOf(held, median));
  }
  return rows;
}

/** Exchanges that began in the time that is asked about, with all that came of them since. */
export const STATISTICS: ReportKind = {
  code: 'STATISTICS',
  columns: ['of', 'dimension', 'category', 'counter', 'value'],
  rows: (question: Question) => {
    const { from, to, counterpart, authority } = question;
    const counted = [...foldExchanges(question.events).values()]
      .filter(({ openedAt }) => (from === null || openedAt >= from) && (to === null || openedAt < to))
      .filter((story) => counterpart === null || counterpartOf(story, authority) === counterpart)
      .map((story) => countExchange(story, question));
    return (['MADE', 'RECEIVED'] as const).flatMap((name) => rowsOf(sideOf(name, counted)));
  },
};
