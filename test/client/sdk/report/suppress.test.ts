import { describe, expect, it } from 'vitest';
import { suppress as suppressFigures } from '../../../../client/sdk/report/suppress.js';
import { createChance } from '../../../support/world.js';

const sum = (cells: readonly number[]): number => cells.reduce((a, b) => a + b, 0);
/** Nothing is known of a cell but what is published of it. */
const suppress = (total: number, tables: readonly (readonly number[])[]) =>
  suppressFigures([{ total, tables: tables.map((cells) => cells.map((value) => ({ value, least: 0, most: Infinity }))) }])[0]!;
const publish = (...tables: number[][]) => suppress(sum(tables[0]!), tables);

/** every table of `width` cells below `end` */
function* tablesOf(width: number, end: number): Generator<number[]> {
  if (width === 0) return yield [];
  for (const rest of tablesOf(width - 1, end)) for (let cell = 0; cell < end; cell += 1) yield [...rest, cell];
}

describe('small numbers', () => {
  it('are held back, none included, and look like whatever else is', () => {
    expect(publish([1, 2, 9, 4])).toEqual({ total: 16, cells: [[null, null, 9, 4]] });
    expect(publish([3, 4])).toEqual({ total: 7, cells: [[3, 4]] });
    expect(publish([0, 0, 9, 4])).toEqual({ total: 13, cells: [[null, null, 9, 4]] });
  });

  it('take their table with them where the total would give one away', () => {
    expect(publish([2, 9, 4])).toEqual({ total: 15, cells: [[null, null, null]] });
    // else an empty one would be told from one of one
    expect(publish([0, 9, 4])).toEqual({ total: 13, cells: [[null, null, null]] });
    expect(publish([2, 2, 9, 4])).toEqual({ total: 17, cells: [[null, null, null, null]] });
  });

  it('are protected by no cell that could not have another number', () => {
    const figure = (value: number, least = 0, most = Infinity) => ({ value, least, most });
    const of = (...cells: ReturnType<typeof figure>[]) =>
      suppressFigures([{ total: sum(cells.map(({ value }) => value)), tables: [cells] }])[0]!;
    // the second can have none, so that the first would be what is left; it could as well be the third that has one
    expect(of(figure(1), figure(0, 0, 0), figure(9))).toEqual({ total: 10, cells: [[null, null, null]] });
    // both have at least one, and two are left
    expect(of(figure(1, 1), figure(1, 1), figure(9, 1))).toEqual({ total: 11, cells: [[null, null, null]] });
    // whatever is shown of the total, the first cannot have another number
    expect(of(figure(1, 1, 1), figure(4))).toEqual({ total: null, cells: [[null, null]] });
    expect(of(figure(0, 0, 0), figure(4))).toEqual({ total: 4, cells: [[null, 4]] });
  });

  it('take everything with them where nothing else protects them', () => {
    expect(publish([2, 2, 2])).toEqual({ total: null, cells: [[null, null, null]] });
    expect(publish([1, 1])).toEqual({ total: null, cells: [[null, null]] });
    // one table has what to hold back, the other has not
    expect(publish([2, 2, 2], [6, 0, 0])).toEqual({
      total: null,
      cells: [
        [null, null, null],
        [null, null, null],
      ],
    });
  });

  it('cannot be worked out by whoever knows the rule: of all tables, another one with another number looks the same', () => {
    for (const width of [1, 2, 3, 4]) {
      const alike = new Map<string, number[][]>();
      for (const table of tablesOf(width, 9)) {
        const shown = JSON.stringify(publish(table));
        alike.set(shown, [...(alike.get(shown) ?? []), table]);
      }
      for (const table of tablesOf(width, 6))
        for (const [at, cell] of table.entries()) {
          if (cell === 0 || cell > 2) continue;
          const values = new Set(alike.get(JSON.stringify(publish(table)))!.map((other) => other[at]));
          expect(values.size, `${table.join()} at ${at}`).toBeGreaterThan(1);
        }
    }
  });

  it('cannot be worked out from totals in two tables of one total', () => {
    const { next } = createChance(7);
    for (let round = 0; round < 2_000; round += 1) {
      const records = Array.from({ length: 1 + (next() % 14) }, () => [next() % 3, next() % 4] as const);
      const count = (side: 0 | 1, width: number) =>
        Array.from({ length: width }, (_, at) => records.filter((record) => record[side] === at).length);
      const tables = [count(0, 3), count(1, 4)];
      const { total, cells } = suppress(records.length, tables);
      for (const [t, table] of tables.entries()) {
        const held = table.flatMap((cell, at) => (cells[t]![at] === null ? [cell] : []));
        if (total === null) expect(held).toEqual(table);
        // one unknown in one equation is no secret, and as many twos as there can be are none either
        else if (sum(held.filter((cell) => cell < 3)) > 0) {
          expect(held.length).toBeGreaterThan(1);
          expect(held.every((cell) => cell === 2)).toBe(false);
        }
        expect(cells[t]!.every((cell, at) => cell === null || (cell === table[at] && cell > 2))).toBe(true);
      }
    }
  });
});
