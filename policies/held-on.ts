/** On which consents somebody has an item: by each release by which it is read or used now. */
import { consentsIn } from '../domain/basis.js';
import type { Consent } from '../domain/consent.js';
import type { Digest } from '../domain/ids.js';
import type { AccessFacts, UseFacts } from './facts.js';

/** What each of those releases cites. Sealed anew to oneself it rests on what gave it before. */
function citedNow(facts: AccessFacts | UseFacts): readonly (readonly Digest[])[] {
  if (facts.action === 'access') return facts.release === null ? [] : [consentsIn(facts.release.basis)];
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
