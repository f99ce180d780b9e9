/**
 * What an originator adds to something later, it adds to whatever was made from it, however many steps away: an extract is judged by
 * the join of its own label now with all that was added to its sources since. What stood on them before, its own label has already.
 */
import type { AuthorityId } from './ids.js';
import { canonical, keyOf, tightest, type Caveat, type Label } from './label.js';
import { withoutOwn, type LabelChange } from './label-change.js';
import { PURPOSES, type Purpose } from './vocabulary.js';

/**
 * Items that what comes with one statement may be made from, all steps together: whoever decides about something later looks at each
 * of them. No way through them has more steps, so that what is computed along the ways ends soon enough.
 */
export const ANCESTORS_MAX = 256;

export interface LoggedChange extends LabelChange {
  readonly logIndex: number;
}

/** Something that was given, and what it is made from. */
export interface Made {
  readonly label: Label;
  /** where in the log it was given; Infinity: not yet */
  readonly logIndex: number;
  /** in log order; purposes closed under the profile it was given on */
  readonly changes: readonly LoggedChange[];
  readonly sources: readonly Made[];
}

/** A tightening that still stands. */
export interface Addition {
  readonly by: AuthorityId;
  readonly logIndex: number;
  readonly label: Label;
}

/** Where in the log an owner lifted its caveats on this item last, by code and owner. */
function liftedIn({ changes }: Made): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { change, originator, lifts = [], logIndex } of changes)
    if (change === 'RELAX') for (const code of lifts) last.set(keyOf({ code, by: originator }), logIndex);
  return last;
}

/** It, and all that it is made from: each once, and none before what was made from it. */
function downFrom(made: Made): readonly Made[] {
  const seen = new Set<Made>();
  const up: Made[] = [];
  const visit = (one: Made): void => {
    if (seen.has(one)) return;
    seen.add(one);
    for (const source of one.sources) visit(source);
    up.push(one);
  };
  visit(made);
  return up.toReversed();
}

/**
 * For each of `down`: behind which place in the log something has to be added to it to come down to the first of them, on the way that lets
 * most through. It comes later than whatever was made from it on that way, and nobody on that way lifts it afterwards.
 *
 * @param lifted where in the log it was lifted on one of them; -1: nowhere
 */
function barsTo(down: readonly Made[], lifted: (one: Made) => number): ReadonlyMap<Made, number> {
  const bars = new Map<Made, number>([[down[0]!, lifted(down[0]!)]]);
  for (const one of down) {
    const here = Math.max(bars.get(one)!, one.logIndex);
    for (const source of one.sources) bars.set(source, Math.min(bars.get(source) ?? Infinity, Math.max(here, lifted(source))));
  }
  return bars;
}

/**
 * All that was added later to it and to its sources, as it still stands. A caveat is lifted where its owner lifts it: on the source, for
 * all that was made from it; on the extract, for that extract and what is made from it. Met on two ways, it is as strict as on the stricter.
 *
 * Price: as many steps as there are additions, and ways from one item to the next for each caveat that somebody lifted; not as there are ways.
 */
export function additionsTo(made: Made): readonly Addition[] {
  const down = downFrom(made);
  const lifts = new Map(down.map((one) => [one, liftedIn(one)]));
  const reach = barsTo(down, () => -1);
  const barsOf = new Map<string, ReadonlyMap<Made, number>>();
  for (const key of new Set([...lifts.values()].flatMap((one) => [...one.keys()])))
    barsOf.set(
      key,
      barsTo(down, (one) => lifts.get(one)!.get(key) ?? -1),
    );
  return down.flatMap((one) =>
    one.changes.flatMap(({ change, label, originator: by, logIndex }): Addition[] => {
      if (change !== 'ADD' || label === undefined || logIndex <= reach.get(one)!) return [];
      const stands = (caveat: Caveat): boolean => logIndex > (barsOf.get(keyOf(caveat))?.get(one) ?? -1);
      const left = label.caveats.every(stands) ? label : { ...label, caveats: label.caveats.filter(stands) };
      return [{ by, logIndex, label: left }];
    }),
  );
}

/** The label by which it is judged now. @param additions those to it, as they stand */
export function labelNow({ label, changes }: Pick<Made, 'label' | 'changes'>, additions: readonly Addition[]): Label {
  const relaxed = changes.reduce(
    (left, { change, originator, lifts = [] }) => (change === 'RELAX' ? withoutOwn(left, originator, lifts) : left),
    canonical(label),
  );
  return tightest([relaxed, ...additions.map((one) => one.label)])!;
}

/** For each purpose, where in the log something was added last that leaves it out: to it, or to what it is made from. */
export type LeftOut = ReadonlyMap<Purpose, number>;

/** @param known of what was asked about before, since a source may be met on many ways */
function leftOutOf(made: Made, known: Map<Made, LeftOut>): LeftOut {
  const before = known.get(made);
  if (before !== undefined) return before;
  const last = new Map<Purpose, number>();
  const leave = (purpose: Purpose, at: number): unknown => last.set(purpose, Math.max(last.get(purpose) ?? -1, at));
  for (const source of made.sources) for (const [purpose, at] of leftOutOf(source, known)) leave(purpose, at);
  for (const { change, label, logIndex } of made.changes)
    if (change === 'ADD' && label !== undefined)
      for (const purpose of PURPOSES) if (!label.purposes.includes(purpose)) leave(purpose, logIndex);
  known.set(made, last);
  return last;
}

/** The purposes of its label now, at a price that does not grow with what was added. */
export const purposesNow = (made: Made, known: Map<Made, LeftOut>): readonly Purpose[] => {
  const leftOut = leftOutOf(made, known);
  return made.label.purposes.filter((purpose) => (leftOut.get(purpose) ?? -1) <= made.logIndex);
};
