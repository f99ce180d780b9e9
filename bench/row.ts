/** What a bench prints: a median beside that of a reference which was measured in turns with it, never a number alone. */

export interface Row {
  readonly name: string;
  /** null: not measured here; standard error says why */
  readonly median: number | null;
  readonly unit: string;
  readonly reference: string;
  readonly referenceMedian: number | null;
  /** median ÷ referenceMedian: higher is better for a rate, lower for a time or a size */
  readonly ratio: number | null;
}

export interface Subject {
  readonly name: string;
  /** @returns one number in the row's unit */
  measure(): number | Promise<number>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  if (upper === undefined || lower === undefined) throw new RangeError('the median of nothing');
  return (lower + upper) / 2;
}

export const rowOf = (
  name: string,
  unit: string,
  measured: readonly number[],
  reference: string,
  referenceMeasured: readonly number[],
): Row => {
  const [mine, theirs] = [median(measured), median(referenceMeasured)];
  return { name, median: mine, unit, reference, referenceMedian: theirs, ratio: mine / theirs };
};

/**
 * Measures both in turns, so that whatever else the machine does meets both.
 * @param rounds after one round each that is thrown away
 */
export async function compare(subject: Subject, unit: string, reference: Subject, rounds: number): Promise<Row> {
  const mine: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const [theirNumber, myNumber] = [await reference.measure(), await subject.measure()];
    if (round === 0) continue;
    theirs.push(theirNumber);
    mine.push(myNumber);
  }
  return rowOf(subject.name, unit, mine, reference.name, theirs);
}

/** @returns seconds */
export async function secondsOf(work: () => unknown): Promise<number> {
  const before = performance.now();
  await work();
  return (performance.now() - before) / 1000;
}
