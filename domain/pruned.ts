/** What the basis of a `PRUNE` event says is gone: a block of the log, or leaves each by its place. */
const BLOCK = /^LEAVES (\d{1,16}) TO (\d{1,16})$/;
const PLACES = /^LEAVES (\d{1,16}(?: \d{1,16})*)$/;

export const blockBasis = (from: number, to: number): string => `LEAVES ${from} TO ${to}`;
export const placesBasis = (places: readonly number[]): string => `LEAVES ${places.join(' ')}`;

/** @returns neither of them for what says something else */
export function leavesIn(basis: string): { readonly block: readonly [number, number] | null; readonly places: readonly number[] } {
  const [, from, to] = BLOCK.exec(basis) ?? [];
  if (from !== undefined) return { block: [Number(from), Number(to)], places: [] };
  return { block: null, places: PLACES.exec(basis)?.[1]?.split(' ').map(Number) ?? [] };
}
