/**
 * Which root of an authority signed which of its entries. A root is followed by the one that it names itself, or, where it is lost, by the
 * one of a later designation: then whoever trusted the old one compares anew.
 */
import type { AuthorityId, KeyId } from './ids.js';
import type { Instant } from './time.js';
import type { DesignationPayload, EntryPayload, RootChangePayload } from './wire/directory.js';

/** One root's time. Entries above `after` and up to `through` are its own. */
export interface RootTerm {
  readonly authority: AuthorityId;
  readonly kid: KeyId;
  /** null: the first of its line, whose key stands in its entries alone */
  readonly publicKey: string | null;
  readonly after: number;
  readonly through: number;
  /** when it named the next one, and ended with that; null: it named none */
  readonly changedAt: Instant | null;
  /** when a new comparison took its place; null: it never did */
  readonly replacedAt: Instant | null;
}

/** A root that was compared once and gave way to another comparison: nothing that it says afterwards brings it back. */
export interface FormerRoot {
  readonly root: KeyId;
  /** when the other one was accepted */
  readonly at: Instant;
}

type Change = Pick<RootChangePayload, 'authority' | 'old' | 'root' | 'after' | 'at'>;

/** The roots from this one on, each named by the one before. A root names one successor: the first that was logged. */
export function lineFrom(authority: AuthorityId, root: KeyId, changes: readonly Change[]): readonly RootTerm[] {
  const line: RootTerm[] = [];
  let term: RootTerm = { authority, kid: root, publicKey: null, after: 0, through: Infinity, changedAt: null, replacedAt: null };
  for (;;) {
    const change = changes.find((one) => one.authority === authority && one.old.kid === term.kid);
    if (change === undefined || line.some(({ kid }) => kid === change.root.kid)) return [...line, term];
    line.push({ ...term, through: change.after, changedAt: change.at });
    term = { ...term, kid: change.root.kid, publicKey: change.root.publicKey, after: change.after };
  }
}

/**
 * Every root that an authority ever had, oldest first: the last is the one that signs now.
 *
 * @param designations of this authority, in the order in which they came into force
 * @param former what one reader compared anew, oldest first: whoever has such a root may sign a change into the line of now
 */
export function rootsOf(
  authority: AuthorityId,
  designations: readonly Pick<DesignationPayload, 'root' | 'at'>[],
  changes: readonly Change[],
  former: readonly FormerRoot[] = [],
): readonly RootTerm[] {
  let terms: readonly RootTerm[] = [];
  for (const { root, at } of designations) {
    // a designation that comes after names a root of the line again, or begins another one
    if (terms.some(({ kid }) => kid === root)) continue;
    terms = [...terms.map((term) => ({ ...term, replacedAt: term.replacedAt ?? at })), ...lineFrom(authority, root, changes)];
  }
  return former.length === 0 ? terms : comparedAnew(authority, terms, changes, former);
}

/** The line of now without what leads into it from a former root, after what those roots vouched for in their time. */
function comparedAnew(
  authority: AuthorityId,
  terms: readonly RootTerm[],
  changes: readonly Change[],
  former: readonly FormerRoot[],
): readonly RootTerm[] {
  const isFormer = (kid: KeyId): boolean => former.some(({ root }) => root === kid);
  const last = terms.slice(0, -1).findLastIndex(({ kid }) => isFormer(kid));
  const line = last < 0 ? terms : lineFrom(authority, terms[last + 1]!.kid, changes);
  const endedAt = new Map(former.map(({ root, at }) => [root, at]));
  let past: readonly RootTerm[] = [];
  for (const { root, at } of former) {
    const placed = [...past, ...line];
    const own = lineFrom(authority, root, changes);
    // roots that gave way together were one line; any other way into a former one may be a thief's
    const end = own.findIndex(({ kid }) => placed.some((term) => term.kid === kid) || (endedAt.get(kid) ?? at) !== at);
    past = [...past, ...own.slice(0, end < 0 ? own.length : end).map((term) => ({ ...term, replacedAt: at }))];
  }
  return [...past, ...line];
}

/** Whose term the entry falls into; null: no root of the authority may have signed it. */
export const termOf = ({ root, seq }: Pick<EntryPayload, 'root' | 'seq'>, terms: readonly RootTerm[]): RootTerm | null =>
  terms.find(({ kid, after, through }) => kid === root.kid && seq > after && seq <= through) ?? null;
