/** For what somebody was lawfully handed an item, whatever its originators consented to. */
import type { AuthorityId } from '../domain/ids.js';
import type { UseFacts } from './facts.js';

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
