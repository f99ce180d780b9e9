/**
 * Which entry of one's own may an epoch bind? Never an older one than an epoch before bound, or than was signed here. Entries are counted
 * anew where a root was lost and another one compared: whatever a root of that line signed is newer than all that came before.
 */
import type { RootTerm } from '../../domain/roots.js';
import { HOUR_MS, type Instant } from '../../domain/time.js';
import type { SeenEntry, SignedEntry } from './own-entries.js';

export type EntryCheck =
  /** no checkpoint that may be relied on, or one whose epochs do not fit */
  | 'CHECKPOINT'
  /** two notes that the log signed contradict each other (`readAlarms`) */
  | 'LOG_CONTRADICTION'
  | 'SLOT'
  /** an epoch binds an entry that this client never saw */
  | 'ENTRY_UNKNOWN'
  /** an epoch binds an older entry than an epoch before, or than the one that was signed here; or one of a root that gave way */
  | 'ENTRY_ROLLED_BACK'
  /** the root signed it, and not from here */
  | 'ENTRY_NOT_SIGNED_HERE'
  /** an epoch binds no entry at all */
  | 'ENTRY_MISSING';

export interface BoundEntry {
  readonly epoch: { readonly n: number };
  /** where the epoch leaf stands */
  readonly index: number;
  /** digest of the entry; null: none */
  readonly entry: string | null;
}

export interface OwnEntries {
  /** by digest */
  readonly seen: ReadonlyMap<string, SeenEntry>;
  /** in the order in which they were signed */
  readonly signed: readonly SignedEntry[];
  /** every root of this authority, oldest first */
  readonly terms: readonly RootTerm[];
}

export interface Misfit {
  readonly check: EntryCheck;
  readonly epoch: number;
  readonly entry: string | null;
  readonly why: string;
}

/** A designation is bound by the next checkpoint, and a person compares later. */
const GIVES_WAY_MS = HOUR_MS;

/** Orders entries over all lines of roots: by comparison first, then by `seq`. A root that is not known any more comes before all. */
function orderOf(terms: readonly RootTerm[]) {
  const ends = [...new Set(terms.map(({ replacedAt }) => replacedAt))];
  const lineOf = ({ root }: SeenEntry): number => {
    const term = terms.find(({ kid }) => kid === root);
    return term === undefined ? -1 : ends.indexOf(term.replacedAt);
  };
  const isOlder = (one: SeenEntry, other: SeenEntry): boolean =>
    lineOf(one) < lineOf(other) || (lineOf(one) === lineOf(other) && one.seq < other.seq);
  return {
    lineOf,
    isOlder,
    newerOf: (one: SeenEntry, other: SeenEntry): SeenEntry => (isOlder(one, other) ? other : one),
    isOfNow: (one: SeenEntry): boolean => lineOf(one) === ends.length - 1,
    /** before the first entry of the line that came after; itself where none did */
    nextLine: (one: SeenEntry): SeenEntry => {
      const next = terms.find(({ replacedAt }) => ends.indexOf(replacedAt) === lineOf(one) + 1);
      return next === undefined ? one : { seq: 0, root: next.kid };
    },
    /** when its root gave way; null: it did not, or nobody knows when */
    endOf: (one: SeenEntry): Instant | null => ends[lineOf(one)] ?? null,
  };
}

/** None was reached. Before the first entry of a line that followed another one there is a root. */
export const isFirst = ({ seq, root }: SeenEntry): boolean => seq === 0 && root === null;

/**
 * @param opened epochs in order
 * @param before the newest entry that was bound so far; `seq` 0: none
 * @param seenAt when the last of them was there at the latest
 * @returns what is wrong, and the newest entry that is bound now
 */
export function judgeEntries(
  opened: readonly BoundEntry[],
  before: SeenEntry,
  { seen, signed, terms }: OwnEntries,
  seenAt: Instant,
): { readonly misfits: readonly Misfit[]; readonly reached: SeenEntry } {
  const { lineOf, isOlder, newerOf, isOfNow, nextLine, endOf } = orderOf(terms);
  const misfits: Misfit[] = [];
  const isAnyKnown = opened.some(({ entry }) => entry !== null && seen.has(entry));
  // kept by a client that did not keep whose it was: of the first line that is known
  let reached = before.root === null && before.seq > 0 ? { seq: before.seq, root: terms[0]?.kid ?? null } : before;
  for (const { epoch, index, entry } of opened) {
    const raise = (check: EntryCheck, why: string) => misfits.push({ check, epoch: epoch.n, entry, why });
    // what was signed here and logged before the epoch leaf is what the epoch must bind
    const own = signed.filter((one) => one.index < index).flatMap(({ digest }) => seen.get(digest) ?? []);
    const owed = own.reduce(newerOf, reached);
    if (entry === null) {
      // after a root gave way there is none until the next one signs
      if (owed.seq > 0 && isOfNow(owed)) raise('ENTRY_MISSING', 'it binds no entry of this authority');
      // and before the first one there is none either: that raises no line. Further lines may have ended since, and signed in their time
      if (reached.seq > 0) reached = nextLine(reached);
      continue;
    }
    const found = seen.get(entry);
    if (found === undefined) {
      // an officer who came later: what was bound before the first entry that it knows, its colleagues watched
      if (isFirst(reached) && own.length === 0 && isAnyKnown) continue;
      raise('ENTRY_UNKNOWN', 'it binds an entry that this client never saw');
      continue;
    }
    const gaveWayAt = endOf(found);
    const isHeldBack = epoch === opened.at(-1)!.epoch && gaveWayAt !== null && seenAt - gaveWayAt > GIVES_WAY_MS;
    if (isOlder(found, owed)) raise('ENTRY_ROLLED_BACK', `it binds entry ${found.seq}, and entry ${owed.seq} was there before`);
    else if (isHeldBack) raise('ENTRY_ROLLED_BACK', `it binds entry ${found.seq}, of a root that gave way to another one`);
    else if (own.some((one) => lineOf(one) === lineOf(found)) && !signed.some(({ digest }) => digest === entry))
      raise('ENTRY_NOT_SIGNED_HERE', `it binds entry ${found.seq}, which the root signed and not from this key store`);
    reached = newerOf(found, reached);
  }
  return { misfits, reached };
}
