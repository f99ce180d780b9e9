/**
 * Small numbers are held back, and with them as many others as it takes that nobody works them out again from a total (7.4 [D]; AMLD6 27:
 * no identification [F:S19]). A number below three is held back, none included; all that is held back looks the same.
 */
const SMALL = 3;

/** A number, and the fewest and the most that it can be for whoever knows every other number of its category. */
export interface Figure {
  readonly value: number;
  readonly least: number;
  readonly most: number;
}

export interface Held {
  /** null: held back */
  readonly total: number | null;
  /** a list for each table, its cells in the order given */
  readonly cells: readonly (readonly (number | null)[])[];
}

const isSmall = ({ value }: Figure): boolean => value < SMALL;
/** the most that a small number can be */
const roomOf = ({ most }: Figure): number => Math.min(most, SMALL - 1);

export interface Counts {
  /** of all, published once for every table */
  readonly total: number;
  /** partitions of it: the cells of each add up to it, or to more where one record stands in several */
  readonly tables: readonly (readonly Figure[])[];
}

/**
 * Small ones go. A table goes as a whole where what is left of its total would give one away, and with it that table of each of these
 * counters; where even that protects no one, all of them go with their totals. So of each small one at least one other set of the same
 * numbers, held back in the same way, has another one there.
 *
 * @param counters those that shut one another out: what is shown of one says something about the others
 */
export function suppress(counters: readonly Counts[], whole?: Counts): Held[] {
  const large = counters.filter(({ total }) => total >= SMALL);
  const told = [...large, ...(whole === undefined || whole.total < SMALL ? [] : [whole])];
  const gone = (counters[0]?.tables ?? []).map((_, d) => told.some(({ tables }) => givesAway(tables[d]!)));
  const isSafe = (cells: readonly Figure[], d: number): boolean => gone[d] !== true || cells.every((_, at) => couldDiffer(cells, at));
  const isProtected = large.every(({ tables }) => tables.every(isSafe));
  return counters.map(({ total, tables }) => {
    if (!isProtected || total < SMALL) return { total: null, cells: tables.map((cells) => cells.map(() => null)) };
    return { total, cells: tables.map((cells, d) => cells.map((cell) => (gone[d] === true || isSmall(cell) ? null : cell.value))) };
  });
}

/** Whether the sum of the small ones tells one: one is alone, or what they share can be shared in one way only. */
function givesAway(cells: readonly Figure[]): boolean {
  const small = cells.filter((cell) => isSmall(cell) && (cell.value > 0 || cell.least < roomOf(cell)));
  const free = small.filter((cell) => cell.least < roomOf(cell));
  // one alone, even an empty one: else it could be told from one of one
  if (free.length === 1 || free.length < small.length) return true;
  const isShared = free.some((from) => from.value > from.least && free.some((to) => to !== from && to.value < roomOf(to)));
  return !isShared && free.some(({ value }) => value > 0);
}

/** Whether that is no small number, or a table of the same total, which goes as a whole as well, has another one there. */
function couldDiffer(cells: readonly Figure[], at: number): boolean {
  const { value } = cells[at]!;
  if (value === 0 || value >= SMALL) return true;
  return cells.some((other, with_) =>
    [value - 1, value + 1, other.value].some((instead) => {
      if (with_ === at || instead === value) return false;
      const changed = cells.map((cell, i) =>
        i === at ? { ...cell, value: instead } : i === with_ ? { ...cell, value: cell.value + value - instead } : cell,
      );
      return changed.every((cell) => cell.value >= cell.least && cell.value <= cell.most) && givesAway(changed);
    }),
  );
}
