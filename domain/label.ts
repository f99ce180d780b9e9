/**
 * The label: what may be done with an item, and by whom. The label of whatever is made from several sources is their join:
 * order-free, idempotent, only tightening. Caveats of different kinds never imply each other.
 */
import type { AuthorityId, Digest } from './ids.js';
import type { Instant } from './time.js';
import { LEVELS, TLPS, type Level, type Purpose, type Tlp } from './vocabulary.js';

/** Caveats that only say yes. `by` is the owner: the originator, or the requester for CONFIDENTIAL_FACT. */
export const PLAIN_CAVEATS = [
  'INTEL_ONLY',
  'NO_THIRD_PARTY',
  'NOT_FOR_EVIDENCE',
  'LEA_PURPOSE_ONLY',
  'OWN_ORG_ONLY',
  'CONFIDENTIAL_FACT',
  'CONTACT_SOURCE_BEFORE_ACTION',
  'NO_EXPORT',
  'RETURN',
  'ATTRIBUTION_MUST_NOT',
  'FPS_REPORT',
  'PRIVILEGED',
] as const;
export type PlainCaveat = (typeof PLAIN_CAVEATS)[number];

/** Strictest first. No ACTION_LIMIT at all means "not limited", which is not NONE (rulings 3). */
export const ACTION_LIMITS = ['NONE', 'PASSIVE', 'INQUIRIES'] as const;
export type ActionLimit = (typeof ACTION_LIMITS)[number];
/** What a holder does because of an item, quietest first: looks into its own databases, asks banks and companies, faces the subject. */
export const USE_ACTIONS = ['PASSIVE', 'INQUIRIES', 'OPEN'] as const;
export type UseAction = (typeof USE_ACTIONS)[number];
/** Each limit allows as many of them as its own place: NONE none, PASSIVE the first, INQUIRIES the first two. */
export const actionExceeds = (action: UseAction, limit: ActionLimit): boolean =>
  USE_ACTIONS.indexOf(action) >= ACTION_LIMITS.indexOf(limit);

export type Caveat =
  | { readonly code: PlainCaveat; readonly by: AuthorityId }
  /** empty after a join: nobody */
  | { readonly code: 'NAMED_RECIPIENTS'; readonly by: AuthorityId; readonly recipients: readonly AuthorityId[] }
  | { readonly code: 'CONFIDENTIAL_UNTIL'; readonly by: AuthorityId; readonly until: Instant }
  /** opaque proceedings ids; empty after a join of different ones: no proceedings at all */
  | { readonly code: 'SPECIALITY'; readonly by: AuthorityId; readonly proceedings: readonly string[] }
  | { readonly code: 'ACTION_LIMIT'; readonly by: AuthorityId; readonly limit: ActionLimit }
  /** accepted conditions: texts are sealed, their digests stand here; no use before `notBefore` */
  | { readonly code: 'CONDITIONS'; readonly by: AuthorityId; readonly texts: readonly Digest[]; readonly notBefore: Instant | null }
  | { readonly code: 'OTHER_RESTRICTION'; readonly by: AuthorityId; readonly texts: readonly Digest[] };
export type CaveatCode = Caveat['code'];
export const CAVEAT_CODES = [
  ...PLAIN_CAVEATS,
  'NAMED_RECIPIENTS',
  'CONFIDENTIAL_UNTIL',
  'SPECIALITY',
  'ACTION_LIMIT',
  'CONDITIONS',
  'OTHER_RESTRICTION',
] as const satisfies readonly CaveatCode[];

export interface Label {
  readonly level: Level;
  readonly tlp: Tlp;
  readonly caveats: readonly Caveat[];
  /** empty: may be kept, returned to all originators, or disclosed exculpatorily, and nothing else */
  readonly purposes: readonly Purpose[];
  readonly originators: readonly AuthorityId[];
  readonly destroyBy: Instant | null;
}

const later = <T extends number>(a: T | null, b: T | null): T | null => (a === null ? b : b === null || a >= b ? a : b);
const earlier = <T extends number>(a: T | null, b: T | null): T | null => (a === null ? b : b === null || a <= b ? a : b);
const both = <T>(a: readonly T[], b: readonly T[]): T[] => a.filter((x) => b.includes(x)).sort();
const either = <T>(a: readonly T[], b: readonly T[]): T[] => [...new Set([...a, ...b])].sort();
const stricter = <T>(scale: readonly T[], a: T, b: T): T => (scale.indexOf(a) >= scale.indexOf(b) ? a : b);

/** Two caveats of one code and one owner. */
function joinCaveat(a: Caveat, b: Caveat): Caveat {
  if (a.code === 'NAMED_RECIPIENTS' && b.code === a.code) return { ...a, recipients: both(a.recipients, b.recipients) };
  if (a.code === 'CONFIDENTIAL_UNTIL' && b.code === a.code) return a.until >= b.until ? a : b;
  if (a.code === 'SPECIALITY' && b.code === a.code) return { ...a, proceedings: both(a.proceedings, b.proceedings) };
  if (a.code === 'ACTION_LIMIT' && b.code === a.code) return ACTION_LIMITS.indexOf(a.limit) <= ACTION_LIMITS.indexOf(b.limit) ? a : b;
  if (a.code === 'CONDITIONS' && b.code === a.code)
    return { ...a, texts: either(a.texts, b.texts), notBefore: later(a.notBefore, b.notBefore) };
  if (a.code === 'OTHER_RESTRICTION' && b.code === a.code) return { ...a, texts: either(a.texts, b.texts) };
  return a;
}

/** Of two caveats with one such name, a join makes one. */
export const keyOf = (caveat: Pick<Caveat, 'code' | 'by'>): string => `${caveat.code} ${caveat.by}`;
const sorted = (caveat: Caveat): Caveat => joinCaveat(caveat, caveat);

function byKey(caveats: readonly Caveat[]): ReadonlyMap<string, Caveat> {
  const joined = new Map<string, Caveat>();
  for (const caveat of caveats) {
    const key = keyOf(caveat);
    const known = joined.get(key);
    joined.set(key, known === undefined ? sorted(caveat) : joinCaveat(known, caveat));
  }
  return joined;
}

function joinCaveats(a: readonly Caveat[], b: readonly Caveat[]): Caveat[] {
  const joined = byKey([...a, ...b]);
  // FPS_REPORT loosens (AMLD6 33(1)), so it survives only where every source has it
  const keepsFps = a.some(isFps) && b.some(isFps);
  return [...joined.entries()]
    .filter(([, caveat]) => keepsFps || !isFps(caveat))
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([, caveat]) => caveat);
}

/** The label of what is made from `a` and `b`: never looser than either. Purposes must have been closed under their profiles before. */
export function join(a: Label, b: Label): Label {
  return {
    level: stricter(LEVELS, a.level, b.level),
    tlp: stricter(TLPS, a.tlp, b.tlp),
    caveats: joinCaveats(a.caveats, b.caveats),
    purposes: both(a.purposes, b.purposes),
    originators: either(a.originators, b.originators),
    destroyBy: earlier(a.destroyBy, b.destroyBy),
  };
}

/** One spelling for one meaning: sorted, without doubles. `tightest([a])` and `join(a, a)` are this too. */
export const canonical = (label: Label): Label => join(label, label);

/**
 * Half by half: one after the other, whatever a thousand of them list would be gone through a thousand times.
 *
 * @returns the join of all, null of none: no source says nothing, and nothing means no
 */
export function tightest(labels: readonly Label[]): Label | null {
  const [first] = labels;
  if (first === undefined) return null;
  if (labels.length === 1) return canonical(first);
  const half = Math.floor(labels.length / 2);
  return join(tightest(labels.slice(0, half))!, tightest(labels.slice(half))!);
}

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((one, at) => one === b[at]);
const sameMember = (a: unknown, b: unknown): boolean => (Array.isArray(a) && Array.isArray(b) ? sameList(a, b) : a === b);
/** Caveats of one code have the same members, in whatever order they stand; most that are compared are one and the same object. */
const sameCaveat = (a: Caveat, b: Caveat): boolean =>
  a === b || Object.entries(a).every(([name, value]) => sameMember(value, b[name as keyof Caveat]));

const isFps = ({ code }: Caveat): boolean => code === 'FPS_REPORT';

/** Do `caveats` say all that `floor` says? FPS_REPORT loosens, so that nobody is weaker for being without any. */
function holds(caveats: readonly Caveat[], floor: readonly Caveat[]): boolean {
  const joined = byKey(caveats);
  const hasFps = caveats.some(isFps);
  return floor.every((wanted) => {
    const known = joined.get(keyOf(wanted));
    return known === undefined ? isFps(wanted) && !hasFps : sameCaveat(joinCaveat(known, wanted), known);
  });
}

function namesAll(named: readonly AuthorityId[], wanted: readonly AuthorityId[]): boolean {
  const all = new Set(named);
  return wanted.every((one) => all.has(one));
}

/**
 * Is `label` at least as strict as `floor` in every respect, so that joining the two changes nothing in it? Recipients that a consent
 * adds are judged elsewhere (rulings 2).
 */
export const isAtLeast = (label: Label, floor: Label): boolean =>
  LEVELS.indexOf(label.level) >= LEVELS.indexOf(floor.level) &&
  TLPS.indexOf(label.tlp) >= TLPS.indexOf(floor.tlp) &&
  earlier(label.destroyBy, floor.destroyBy) === label.destroyBy &&
  label.purposes.every((purpose) => floor.purposes.includes(purpose)) &&
  namesAll(label.originators, floor.originators) &&
  (!label.caveats.some(isFps) || floor.caveats.some(isFps)) &&
  holds(label.caveats, floor.caveats);

export const levelExceeds = (level: Level, max: Level): boolean => LEVELS.indexOf(level) > LEVELS.indexOf(max);

export const hasCaveat = (label: Label, code: CaveatCode, by?: AuthorityId): boolean =>
  label.caveats.some((caveat) => caveat.code === code && (by === undefined || caveat.by === by));

export type Contradiction =
  'FPS_WITH_THIRD_PARTY_RULE' | 'RED_WITH_DISTRIBUTION' | 'NOBODY_NAMED' | 'CAVEAT_OF_STRANGER' | 'NO_PROCEEDINGS';

/**
 * What no label may say at once; a client refuses before sealing, the gateway again.
 * CONFIDENTIAL_FACT may be the requester's, who need not be an originator; every other caveat belongs to an originator.
 *
 * @param holders who handed it, or what it is made from, on: their caveats may stand there too
 */
export function contradictions(label: Label, holders: readonly AuthorityId[] = []): Contradiction[] {
  const found: Contradiction[] = [];
  if (hasCaveat(label, 'FPS_REPORT') && hasCaveat(label, 'NO_THIRD_PARTY')) found.push('FPS_WITH_THIRD_PARTY_RULE');
  if (label.tlp === 'RED' && !hasCaveat(label, 'NAMED_RECIPIENTS')) found.push('RED_WITH_DISTRIBUTION');
  if (label.caveats.some((caveat) => caveat.code === 'NAMED_RECIPIENTS' && caveat.recipients.length === 0)) found.push('NOBODY_NAMED');
  if (label.caveats.some((caveat) => caveat.code === 'SPECIALITY' && caveat.proceedings.length === 0)) found.push('NO_PROCEEDINGS');
  const owners = [...label.originators, ...holders];
  if (label.caveats.some((caveat) => caveat.code !== 'CONFIDENTIAL_FACT' && !owners.includes(caveat.by))) found.push('CAVEAT_OF_STRANGER');
  return found;
}
