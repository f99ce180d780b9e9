/**
 * What a number could be for somebody who knows every other one: a counter that shuts another out, or is part of it, says something about
 * both. Nobody knows that much; what is held back under this assumption is held back from anybody (7.4 [D]).
 */
import { COUNTERS, type Counted, type Counter, type Dimension } from './counters.js';
import type { Figure } from './suppress.js';

/** Each exchange is one of these, so that a category that is listed has at least one of them. */
export const KINDS: readonly Counter[] = ['requests', 'spontaneous', 'consentsAsked'];

/** of what an exchange is before it can be that, and what it is not at the same time */
const PART_OF: Readonly<Partial<Record<Counter, { readonly of: Counter; readonly not: readonly Counter[] }>>> = {
  answeredFully: { of: 'requests', not: ['answeredPartially', 'answeredNegative', 'refused'] },
  answeredPartially: { of: 'requests', not: ['answeredFully', 'answeredNegative', 'refused'] },
  answeredNegative: { of: 'requests', not: ['answeredFully', 'answeredPartially', 'refused'] },
  refused: { of: 'requests', not: ['answeredFully', 'answeredPartially', 'answeredNegative'] },
  consentsGranted: { of: 'consentsAsked', not: ['consentsRefused'] },
  consentsRefused: { of: 'consentsAsked', not: ['consentsGranted'] },
  informal: { of: 'requests', not: [] },
  matured: { of: 'informal', not: [] },
};
/** Counters that are held back together. */
export const FAMILIES: readonly (readonly Counter[])[] = (() => {
  const rivals = [
    ['answeredFully', 'answeredPartially', 'answeredNegative', 'refused'],
    ['consentsGranted', 'consentsRefused'],
  ] as const;
  const alone = COUNTERS.filter((counter) => !rivals.some((family) => (family as readonly Counter[]).includes(counter)));
  return [...alone.map((counter) => [counter]), ...rivals];
})();

/** said by the type of an exchange alone */
const BY_TYPE: ReadonlySet<Counter> = new Set(['informal', 'feedback']);
/** what any exchange may have */
const ANY: readonly Counter[] = ['acknowledgedInTime', 'postponed', 'delayed', 'withdrawn', 'overdue', 'feedback'];
/** without one of these there is no reason to list */
const WITH_REASON: readonly Counter[] = ['refused', 'consentsRefused', 'postponed', 'delayed'];

/** A category of fewer exchanges is not listed: that it is there would be a number. */
export const LISTED_MIN = 3;
/** where those stand together */
export const FEW = '*';

/** @param held exchanges of one category of the dimension */
export function figureOf(
  held: readonly Counted[],
  counter: Counter,
  { dimension, category }: { dimension: Dimension; category: string },
): Figure {
  const value = countOf(held, counter);
  const isType = dimension === 'exchangeType' && category !== FEW;
  if (KINDS.includes(counter)) {
    // types of another kind have none of it, and everybody knows
    const most = isType && value === 0 ? 0 : Infinity;
    const others = held.length - value;
    const known = Math.max(category === FEW ? 1 : LISTED_MIN, ...ANY.map((name) => countOf(held, name)));
    return { value, least: Math.max(Math.min(value, known - others), 0), most };
  }
  if (isType && BY_TYPE.has(counter) && (value === held.length || value === 0)) return { value, least: value, most: value };
  const isReason = dimension === 'reason' && WITH_REASON.includes(counter);
  const isOwed = (counts: Counts): boolean => isReason && WITH_REASON.every((other) => other === counter || !counts.has(other));
  const more = isReason && category === 'NOT_SAID' ? 0 : timesOf(held, (counts) => couldBe(counts, counter));
  const part = Object.entries(PART_OF).flatMap(([name, { of }]) => (of === counter ? [name as Counter] : []));
  const isNeeded = (counts: Counts): boolean => part.some((name) => counts.has(name));
  const least = timesOf(held, (counts) => counts.has(counter) && (isOwed(counts) || isNeeded(counts)));
  return { value, least, most: value + more };
}

export const countOf = (held: readonly Counted[], counter: Counter): number => timesOf(held, (counts) => counts.has(counter));

type Counts = Counted['counts'];

interface Way {
  readonly counts: Counts;
  times: number;
}

/** Exchanges are many, and ways to count are few: each list of them is gone through once, whatever is asked of it. */
const listedWays = new WeakMap<readonly Counted[], readonly Way[]>();

function timesOf(held: readonly Counted[], isIt: (counts: Counts) => boolean): number {
  let sum = 0;
  for (const way of listedWays.get(held) ?? waysOf(held)) if (isIt(way.counts)) sum += way.times;
  return sum;
}

function waysOf(held: readonly Counted[]): readonly Way[] {
  const ways = new Map<Counts, Way>();
  for (const { counts } of held) {
    const way = ways.get(counts);
    if (way === undefined) ways.set(counts, { counts, times: 1 });
    else way.times += 1;
  }
  const listed = [...ways.values()];
  listedWays.set(held, listed);
  return listed;
}

function couldBe(counts: Counts, counter: Counter): boolean {
  const part = PART_OF[counter];
  return !counts.has(counter) && (part === undefined || (counts.has(part.of) && !part.not.some((other) => counts.has(other))));
}

export const wholeOf = (counter: Counter): Counter | undefined => PART_OF[counter]?.of;
