/** Which grants stop a reading or a use of what somebody has by them: those that ended, and those that are for other purposes. */
import { consentsIn, isReseal } from '../domain/basis.js';
import { endedAt, type Consent } from '../domain/consent.js';
import type { Digest } from '../domain/ids.js';
import type { AccessFacts, HeldSource, ItemFacts, UseFacts } from './facts.js';
import { intentionOf, isFpsReport, isOpenRecord } from './vocabulary.js';

type Facts = AccessFacts | UseFacts;

/** What each release cites by which it is read or used now. Sealed anew to oneself it rests on what gave it before. */
function citedNow(facts: Facts): readonly (readonly Digest[])[] {
  if (facts.action === 'access') {
    if (facts.release === null) return [];
    if (!isReseal(facts.release)) return [consentsIn(facts.release.basis)];
  }
  return (facts.heldBy ?? []).filter(({ until, isReseal }) => facts.now < until && !isReseal).map(({ consents }) => consents);
}

/** Grants that ended and were not given anew: what is held by them is read and not used (rulings 4). */
function ended(facts: Facts): readonly Consent[] {
  if (facts.action === 'access') return [];
  const { agrees } = intentionOf(facts);
  return facts.consents.filter((grant) => endedAt(grant, facts.now) !== null && !agrees(grant.originator));
}

/** Grants that are for other purposes. */
function beside(facts: Facts): readonly Consent[] {
  const { item, purpose, agrees } = intentionOf(facts);
  if (isFpsReport(item) || isOpenRecord(item)) return [];
  return facts.consents.filter((grant) => !grant.purposes.includes(purpose) && !agrees(grant.originator));
}

interface InTheWay {
  readonly ended: readonly Consent[];
  readonly beside: readonly Consent[];
}

/**
 * One release that rests on nothing in the way is enough: on nothing that ended, and on nothing that is for another purpose. What one lets
 * in time, and another in purpose, no one of them lets.
 *
 * @returns those that are cited, where each release cites one at least; else none
 */
function inTheWay(facts: Facts): InTheWay {
  const bars = { ended: ended(facts), beside: beside(facts) };
  const isBar = new Set([...bars.ended, ...bars.beside].map(({ digest }) => digest));
  const releases = citedNow(facts);
  if (releases.some((cited) => !cited.some((one) => isBar.has(one)))) return { ended: [], beside: [] };
  const isCited = new Set(releases.flat());
  const among = (grants: readonly Consent[]) => grants.filter(({ digest }) => isCited.has(digest));
  return { ended: among(bars.ended), beside: among(bars.beside) };
}

export interface Bar {
  /** what is held by the grant: the item, or what its holder made it from */
  readonly item: ItemFacts;
  readonly grant: Consent;
}

/**
 * A use of what a holder made itself is one of what it made that from: it serves no longer, and for nothing else, than that. A grant that names
 * what was made lets it all the same.
 *
 * @returns the grants in the way of the item, then of each source
 */
export function barsOf(facts: Facts, kind: keyof InTheWay): readonly Bar[] {
  const barsIn = (one: Facts): Bar[] => inTheWay(one)[kind].map((grant) => ({ item: one.item, grant }));
  if (facts.action === 'access') return barsIn(facts);
  return [...barsIn(facts), ...unfreedSources(facts).flatMap((source) => barsIn({ ...facts, ...source }))];
}

/** What it was made from, but for that whose originators all let the use of what was made. */
export function unfreedSources(facts: UseFacts): readonly HeldSource[] {
  const { agrees } = intentionOf(facts);
  return facts.madeFrom.filter(({ item }) => !item.label.originators.every(agrees));
}
