/**
 * What somebody who hands an item on adds to its label. It binds whoever has the item by that release, and whoever is given it by that
 * one; the item itself, and everybody else who has it, are bound by its originators alone. It ends where the same one hands it on anew
 * without it: a holder can give no consent to what is not its own.
 *
 * @see docs/decisions/0031-what-a-holder-adds-binds.md
 */
import type { HeldBy } from './basis.js';
import { endedAt, type Consent } from './consent.js';
import type { AuthorityId } from './ids.js';
import { isAtLeast, join, type Caveat, type Label } from './label.js';
import type { Instant } from './time.js';

export interface HandedOn extends HeldBy {
  /** the label under which it was handed on */
  readonly label: Label;
  /** some fields of a form alone */
  readonly isPortion: boolean;
}

/** A grant, and to which proceedings use under it is bound. */
export type Bound = Pick<Consent, 'digest' | 'originator' | 'conditions'>;

/** A grant, and when it ends. */
type Ending = Pick<Consent, 'digest' | 'until' | 'revokedAt'>;
/** What a grant says of whoever has something by a release that cites it. */
export type Terms = Bound & Ending;

/**
 * The item's label as it stands for whoever has it by this release.
 *
 * @param label as its originators have it now
 * @param grants those that the release cites among them: the proceedings that one names are SPECIALITY from there
 */
export function asHandedOn(
  label: Label,
  { label: released, purpose, consents, isReseal }: Pick<HandedOn, 'label' | 'purpose' | 'consents' | 'isReseal'>,
  grants: readonly Bound[],
): Label {
  const isOriginator = (who: AuthorityId): boolean => label.originators.includes(who) && released.originators.includes(who);
  // what an originator has set stands on the item until it lifts it: the release has only a copy
  // but a reseal cites no grant, and only its label says to which proceedings use is bound
  const added = released.caveats.filter(({ code, by }) => !isOriginator(by) || (isReseal && code === 'SPECIALITY'));
  const bound = grants.flatMap(({ digest, originator: by, conditions: proceedings }): Caveat[] =>
    proceedings !== null && consents.includes(digest) ? [{ code: 'SPECIALITY', by, proceedings }] : [],
  );
  const { level, tlp, destroyBy } = released;
  const purposes = label.purposes.filter((one) => one === purpose || released.purposes.includes(one));
  return { ...join(label, { ...label, level, tlp, destroyBy, caveats: [...label.caveats, ...added, ...bound] }), purposes };
}

/** Those that still serve; where none does, those whose own time is not over; else all of them. */
function inForce(given: readonly HandedOn[], grants: readonly Ending[], now: Instant): readonly HandedOn[] {
  const inTime = given.filter(({ until }) => now < until);
  const ended = new Set(grants.filter((grant) => endedAt(grant, now) !== null).map(({ digest }) => digest));
  const serving = inTime.filter(({ consents }) => !consents.some((one) => ended.has(one)));
  return [serving, inTime].find(({ length }) => length > 0) ?? given;
}

/**
 * What counts of the releases by which somebody has an item: of each who handed it on the last in force, or the last of all. One whose
 * consent has ended is in force no more: nothing new rests on it (rulings 4). A portion takes nothing off the whole that the same one gave,
 * and sealed anew to oneself it is what it was.
 *
 * @param heldBy in log order
 * @param grants those that they cite
 */
export function standing(heldBy: readonly HandedOn[], grants: readonly Ending[], now: Instant): readonly HandedOn[] {
  const given = heldBy.some(({ isReseal }) => !isReseal) ? heldBy.filter(({ isReseal }) => !isReseal) : heldBy;
  const last = new Map<AuthorityId, HandedOn>();
  for (const one of inForce(given, grants, now)) if (!one.isPortion || last.get(one.holder)?.isPortion !== false) last.set(one.holder, one);
  return [...last.values()];
}

/**
 * The label under which a holder acts: of several who handed it on, by one whose terms what it states keeps to, where it does; by the weakest,
 * else by the first: nobody tightens what another gave. Who thinks better of it hands it on again.
 *
 * @param heldBy in log order; null: it is the issuer or has it by envelope, from its originators themselves
 * @param stated the label under which it hands it on, or of what it makes from it; null: it states none
 */
export function labelAsHeld(
  label: Label,
  heldBy: readonly HandedOn[] | null,
  grants: readonly Terms[],
  now: Instant,
  stated: Label | null,
): Label {
  const all = standing(heldBy ?? [], grants, now).map((one) => asHandedOn(label, one, grants));
  const kept = stated === null ? [] : all.filter((one) => isAtLeast(stated, one));
  const [first, ...more] = kept.length > 0 ? kept : all;
  return first === undefined ? label : more.reduce((weakest, one) => (isAtLeast(weakest, one) ? one : weakest), first);
}

/** Whose caveat of it stands there as somebody's who handed it on: it cannot consent. CONFIDENTIAL_FACT may be the requester's. */
export const isOfHolder = ({ caveats, originators }: Label, owner: AuthorityId): boolean =>
  !originators.includes(owner) && caveats.some(({ by, code }) => by === owner && code !== 'CONFIDENTIAL_FACT');

/** Owners of caveats who are no originators: what is made from it bears their caveats too. */
export function holdersIn({ caveats, originators }: Label): readonly AuthorityId[] {
  const owners = new Set(caveats.map(({ by }) => by));
  for (const originator of originators) owners.delete(originator);
  return [...owners];
}
