/**
 * What an originator says later of what it gave, and how the label stands after it. Everybody who has the same statements in the
 * order of the log gets the same label: gateway, holders, readers. But that readers look at dates, too (`asDated`).
 */
import type { AuthorityId, Digest } from './ids.js';
import { canonical, join, type CaveatCode, type Label } from './label.js';
import type { Instant } from './time.js';

/** ADD tightens, RELAX lifts the speaker's own caveats, CORRECT says that the content was wrong, RETRACT takes it back. */
export const LABEL_CHANGES = ['ADD', 'RELAX', 'CORRECT', 'RETRACT'] as const;
export type LabelChangeKind = (typeof LABEL_CHANGES)[number];

/** Changes after which a holder owes a certificate or says why it cannot give one (A.3, LED 7 [M]). */
export const ANSWERED_CHANGES: ReadonlySet<LabelChangeKind> = new Set(['CORRECT', 'RETRACT']);

export interface LabelChange {
  readonly originator: AuthorityId;
  readonly change: LabelChangeKind;
  readonly label?: Label | undefined;
  readonly lifts?: readonly CaveatCode[] | undefined;
}

/** Without the owner's own caveats of these codes. Level, TLP, purposes and what others set stand (decision 0007). */
export const withoutOwn = (label: Label, owner: AuthorityId, codes: readonly CaveatCode[]): Label =>
  canonical({ ...label, caveats: label.caveats.filter(({ code, by }) => by !== owner || !codes.includes(code)) });

/**
 * Who may speak of an item later: the originators that its label names, and those that its issuer's own word added since (decision 0023).
 *
 * @param changes in log order
 */
export const speakersOf = (
  { issuer, label }: { readonly issuer: AuthorityId; readonly label: Pick<Label, 'originators'> },
  changes: readonly LabelChange[],
): readonly AuthorityId[] => {
  const added = changes.filter(({ change, originator }) => change === 'ADD' && originator === issuer);
  return [...new Set([...label.originators, ...added.flatMap((one) => one.label?.originators ?? [])])];
};

export function labelAfter(label: Label, { originator, change, label: added, lifts }: LabelChange): Label {
  if (change === 'ADD' && added !== undefined) return join(label, added);
  return change === 'RELAX' && lifts !== undefined ? withoutOwn(label, originator, lifts) : label;
}

/** With the date that its speaker gives it. */
export interface DatedChange extends LabelChange {
  readonly at: Instant;
}

/**
 * What its speaker dated after it is not lifted by it: the place of each in the log is the log's word alone, and whoever has the log's key
 * could give a lifting the place of what was set anew. A gateway takes no word of that kind; a reader is stricter for it, and never looser.
 *
 * @param earlier in the order of the log
 */
export function asDated<C extends DatedChange>(change: C, earlier: readonly DatedChange[]): C {
  const { originator, lifts, at } = change;
  if (lifts === undefined) return change;
  const later = earlier.filter((one) => one.originator === originator && one.at > at);
  const setLater = new Set(later.flatMap(({ label }) => label?.caveats.map(({ code }) => code) ?? []));
  return { ...change, lifts: lifts.filter((code) => !setLater.has(code)) };
}

/** Which members each change has, beside those that all have: a statement with others is refused by the name of the change. */
const CHANGE_MEMBERS: Readonly<Record<LabelChangeKind, 'label' | 'lifts' | 'reason' | null>> = {
  ADD: 'label',
  RELAX: 'lifts',
  CORRECT: 'reason',
  RETRACT: null,
};

interface Members {
  readonly change: LabelChangeKind;
  readonly label?: unknown;
  readonly lifts?: unknown;
  readonly reason?: unknown;
  readonly replacement?: Digest | undefined;
}

/** @returns what it lacks or has too much of; null where it has what its change needs */
export function misfit(change: Members): string | null {
  const owed = CHANGE_MEMBERS[change.change];
  const given = (['label', 'lifts', 'reason'] as const).filter((member) => change[member] !== undefined);
  if (change.replacement !== undefined && change.change !== 'CORRECT') return `${change.change} has no replacement`;
  if (given.length === (owed === null ? 0 : 1) && given.every((member) => member === owed)) return null;
  return `${change.change} has ${owed === null ? 'no further member' : `${owed} and nothing else`}`;
}
