/** Which State an authority is of. What a domestic channel or an exemption for the own State opens rests on it, so no entry moves it. */
import type { EntryPayload } from './wire/directory.js';

/** Begin codes of no single State, or of one whose ISO 3166-1 code is another: such a code names no territory here. */
const NO_TERRITORY = new Set(['EL', 'EU', 'UK', 'UN']);

/** The two letters before the first hyphen: operator and second person designated this code. null: it names none. */
function territoryOf(code: string): string | null {
  const named = /^([A-Z]{2})-/.exec(code)?.[1] ?? null;
  return named === null || named.startsWith('X') || NO_TERRITORY.has(named) ? null : named;
}

/**
 * @param before entries of the same line of roots: a new comparison, which takes two persons, begins anew
 * @returns what is wrong with the entry's territory; null: nothing
 */
export function foreignTerritory(entry: EntryPayload, before: readonly EntryPayload[]): string | null {
  const named = territoryOf(entry.authority);
  if (named !== null && entry.territory !== named) return `territory: the code ${entry.authority} says ${named}`;
  const other = before.find(({ territory }) => territory !== entry.territory);
  return other === undefined
    ? null
    : `territory: it was ${other.territory} before, and another one takes a new designation under a new root`;
}
