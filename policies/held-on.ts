/** On what somebody has an item: by each release by which it is read or used now. */
import { consentsIn, isReseal } from '../domain/basis.js';
import type { Consent } from '../domain/consent.js';
import type { AuthorityId, Digest } from '../domain/ids.js';
import type { AccessFacts, UseFacts } from './facts.js';

/** What each of those releases cites. Sealed anew to oneself it rests on what gave it before. */
function citedNow(facts: AccessFacts | UseFacts): readonly (readonly Digest[])[] {
  if (facts.action === 'access') {
    if (facts.release === null) return [];
    if (!isReseal(facts.release)) return [consentsIn(facts.release.basis)];
  }
  return (facts.heldBy ?? []).filter(({ until, isReseal }) => facts.now < until && !isReseal).map(({ consents }) => consents);
}

/**
 * One release that rests on nothing in the way is enough.
 *
 * @param grants that stand in the way @returns those of them that are cited, where each release cites one at least; else none
 */
export function inTheWay(facts: AccessFacts | UseFacts, grants: readonly Consent[]): readonly Consent[] {
  const under = citedNow(facts).map((cited) => grants.filter(({ digest }) => cited.includes(digest)));
  return under.every((some) => some.length > 0) ? [...new Set(under.flat())] : [];
}

/**
 * Was it handed on for this very purpose by a release that cites no consent: presumed, exempt, by a lawful way, or its originator's own?
 * Whoever was lawfully given it for something uses it for that, until the originator adds a caveat; what clears an accused after that too,
 * since no restriction prevents it (46(5)).
 */
export function wasHandedFor({ use: { purpose }, heldBy, item, now }: UseFacts, originator: AuthorityId): boolean {
  const barring = purpose === 'EXCULPATORY' ? [] : item.tightened;
  const tightenedAt = barring.filter(({ by }) => by === originator).map(({ logIndex }) => logIndex);
  return (heldBy ?? []).some(
    (release) =>
      release.purpose === purpose &&
      now < release.until &&
      !release.isReseal &&
      release.consents.length === 0 &&
      !tightenedAt.some((at) => at > release.logIndex),
  );
}

/** What clears an accused is disclosed in the proceedings of whoever was given it for that, whatever restricts other uses (46(5), 46(19)). */
export const clearsAccused = (facts: UseFacts, owner: AuthorityId): boolean =>
  facts.use.purpose === 'EXCULPATORY' && wasHandedFor(facts, owner);
