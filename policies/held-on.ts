/** For what somebody was lawfully handed an item, whatever its originators consented to. */
import { consentsIn, isReseal, type HeldBy } from '../domain/basis.js';
import type { AuthorityId } from '../domain/ids.js';
import type { Instant } from '../domain/time.js';
import type { AccessFacts, ItemFacts, UseFacts } from './facts.js';

/** A release by which something is read or used. */
export type Given = Pick<HeldBy, 'holder' | 'purpose' | 'consents'>;

/** Is it one on which a use may rest now? Sealed anew to oneself it rests on what gave it before. */
export const isInTime =
  (now: Instant) =>
  ({ until, isReseal: isAnew }: HeldBy): boolean =>
    now < until && !isAnew;

/** The releases by which it is read or used now; none: by an envelope, or as its issuer. */
export function givenNow(facts: AccessFacts | UseFacts): readonly Given[] {
  const release = facts.action === 'access' ? facts.release : null;
  if (release !== null && !isReseal(release)) return [{ ...release, consents: consentsIn(release.basis) }];
  if (facts.action === 'access' && release === null) return [];
  return (facts.heldBy ?? []).filter(isInTime(facts.now));
}

/** Where in the log each originator tightened it last. */
export function tightenedLast(tightened: ItemFacts['tightened']): ReadonlyMap<AuthorityId, number> {
  const last = new Map<AuthorityId, number>();
  for (const { by, logIndex } of tightened) last.set(by, Math.max(last.get(by) ?? logIndex, logIndex));
  return last;
}

/**
 * Was it handed on for this very purpose by a release that cites no consent: presumed, exempt, by a lawful way, or its originator's own?
 * Whoever was lawfully given it for something uses it for that, until the originator adds a caveat; what clears an accused after that too,
 * since no restriction prevents it (46(5)).
 */
export function wasHandedFor({ use: { purpose }, heldBy, item, now }: UseFacts): (originator: AuthorityId) => boolean {
  const given = (heldBy ?? []).filter(isInTime(now)).filter((release) => release.purpose === purpose && release.consents.length === 0);
  if (given.length === 0) return () => false;
  const last = given.reduce((latest, { logIndex }) => Math.max(latest, logIndex), 0);
  const tightened = tightenedLast(purpose === 'EXCULPATORY' ? [] : item.tightened);
  return (originator) => (tightened.get(originator) ?? 0) <= last;
}

/** What clears an accused is disclosed in the proceedings of whoever was given it for that, whatever restricts other uses (46(5), 46(19)). */
export const clearsAccused = (facts: UseFacts): ((owner: AuthorityId) => boolean) =>
  facts.use.purpose === 'EXCULPATORY' ? wasHandedFor(facts) : () => false;
