/**
 * What an originator adds to something later, it adds to whatever was made from it, however many steps away: an extract is judged by
 * the join of its own label now with all that was added to its sources since. What stood on them before, its own label has already.
 */
import type { AuthorityId } from './ids.js';
import { canonical, tightest, type Label } from './label.js';
import { withoutOwn, type LabelChange } from './label-change.js';

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

/** What is left of additions, and of the label they were added to, after an owner lifted what it had set before. */
const lift = (additions: readonly Addition[], { originator, lifts = [], logIndex }: LoggedChange): Addition[] =>
  additions.map((one) => (one.logIndex < logIndex ? { ...one, label: withoutOwn(one.label, originator, lifts) } : one));

/**
 * All that was added later to it and to its sources, as it still stands. A caveat is lifted where its owner lifts it: on the source, for
 * all that was made from it; on the extract, for that extract and what is made from it.
 *
 * @param known additions of what was asked about before, since a source may be met on many ways
 */
export function additionsTo(made: Made, known = new Map<Made, readonly Addition[]>()): readonly Addition[] {
  const before = known.get(made);
  if (before !== undefined) return before;
  const inherited = made.sources.flatMap((source) => additionsTo(source, known)).filter(({ logIndex }) => logIndex > made.logIndex);
  const own = made.changes.flatMap(({ change, label, originator: by, logIndex }) =>
    change === 'ADD' && label !== undefined ? [{ by, logIndex, label }] : [],
  );
  const all = made.changes.filter(({ change }) => change === 'RELAX').reduce(lift, [...inherited, ...own]);
  const found = distinct(all);
  known.set(made, found);
  return found;
}

/** One place in the log is one addition; met on two ways, it is as strict as on the stricter one. */
function distinct(additions: readonly Addition[]): readonly Addition[] {
  const byIndex = new Map<number, Addition>();
  for (const one of additions) {
    const label = tightest([...(byIndex.has(one.logIndex) ? [byIndex.get(one.logIndex)!.label] : []), one.label])!;
    byIndex.set(one.logIndex, { ...one, label });
  }
  return [...byIndex.values()];
}

/** The label by which it is judged now. @param additions those to it, as they stand */
export function labelNow({ label, changes }: Pick<Made, 'label' | 'changes'>, additions: readonly Addition[]): Label {
  const relaxed = changes.reduce(
    (left, { change, originator, lifts = [] }) => (change === 'RELAX' ? withoutOwn(left, originator, lifts) : left),
    canonical(label),
  );
  return tightest([relaxed, ...additions.map((one) => one.label)])!;
}
