/**
 * Small numbers are held back, and with them as many others as it takes that nobody works them out again from a total (7.4 [D]; AMLD6 27:
 * no identification [F:S19]). A number below three is held back, none included; all that is held back looks the same.
 */
const SMALL = 3;

export interface Held {
  /** null: held back */
  readonly total: number | null;
  /** a list for each table, its cells in the order given */
  readonly cells: readonly (readonly (number | null)[])[];
}

const isSmall = (cell: number): boolean => cell < SMALL;

/**
 * @param total of all, published once for every table
 * @param tables partitions of it: the cells of each add up to it, or to more where one record stands in several
 */
export function suppress(total: number, tables: readonly (readonly number[])[]): Held {
  const kept = isSmall(total) ? null : allOrNone(tables.map(keep));
  return kept === null ? { total: null, cells: tables.map((cells) => cells.map(() => null)) } : { total, cells: kept };
}

/**
 * One table: null where no choice of cells protects the small ones. The largest goes with a small one that its total would give away:
 * had it been the next smaller, the small one could not be told from one less.
 */
function keep(cells: readonly number[]): (number | null)[] | null {
  const small = cells.filter(isSmall);
  const sum = small.reduce((a, b) => a + b, 0);
  // what is left of the total: one cell alone, even an empty one (else it could be told from one of one), or as much as so many can be at most
  const givenAway = small.length === 1 || (sum > 0 && sum === (SMALL - 1) * small.length);
  if (!givenAway) return cells.map((cell) => (isSmall(cell) ? null : cell));
  if (small.length === cells.length) return null;
  // all that are as large: which of them was taken would say something
  const largest = Math.max(...cells);
  return cells.map((cell) => (isSmall(cell) || cell === largest ? null : cell));
}

const allOrNone = <T>(tables: readonly (T | null)[]): T[] | null => {
  const kept = tables.filter((table) => table !== null);
  return kept.length === tables.length ? kept : null;
};
