/** Which grants stop a reading or a use of what somebody has by them: those that ended, and those that are for other purposes. */
import type { HeldBy } from '../domain/basis.js';
import { endedAt, type Consent } from '../domain/consent.js';
import type { AuthorityId } from '../domain/ids.js';
import type { Purpose } from '../domain/vocabulary.js';
import type { AccessFacts, HeldSource, ItemFacts, UseFacts } from './facts.js';
import { givenNow, isInTime, type Given } from './held-on.js';
import { intentionOf, isFpsReport, isOpenRecord } from './vocabulary.js';

type Facts = AccessFacts | UseFacts;

const isFree = (item: ItemFacts): boolean => isFpsReport(item) || isOpenRecord(item);

type Agrees = (originator: AuthorityId) => boolean;
const agreesIn = (facts: Facts): Agrees => intentionOf(facts).agrees;

/** Grants that ended and were not given anew: what is held by them is read and not used (rulings 4). */
function ended(facts: Facts, agrees: Agrees): readonly Consent[] {
  return facts.action === 'access' ? [] : facts.consents.filter((grant) => endedAt(grant, facts.now) !== null && !agrees(grant.originator));
}

/** Grants that are for other purposes. */
function beside(facts: Facts, agrees: Agrees): readonly Consent[] {
  const { item, purpose } = intentionOf(facts);
  return isFree(item) ? [] : facts.consents.filter((grant) => !grant.purposes.includes(purpose) && !agrees(grant.originator));
}

/**
 * Originators whom a release that was for another purpose went past without a consent: what was presumed, exempt or told of in a notice was
 * that purpose alone (0.4). Whoever handed on its own has no such past.
 */
function pastIn(facts: Facts, agrees: Agrees): PastIn {
  const { item, purpose: meant } = intentionOf(facts);
  const against = isFree(item) ? [] : item.label.originators.filter((one) => !agrees(one));
  const byDigest = new Map(facts.consents.map(({ digest, originator }) => [digest, originator]));
  const isPast = ({ holder, consents }: Given): Agrees => {
    const cited = new Set(consents.map((one) => byDigest.get(one)));
    return (one) => one !== holder && !cited.has(one);
  };
  const isOther = ({ purpose }: Given): boolean => purpose !== meant;
  return {
    goes: (given) => isOther(given) && against.some(isPast(given)),
    by: (releases) => {
      const past = new Set<AuthorityId>();
      let left = against;
      for (const given of releases.filter(isOther)) {
        for (const one of left.filter(isPast(given))) past.add(one);
        left = left.filter((one) => !past.has(one));
      }
      return [...past];
    },
  };
}

interface PastIn {
  /** Does this release go past anybody? */
  goes(given: Given): boolean;
  /** whom one of these goes past, each once */
  by(releases: readonly Given[]): readonly AuthorityId[];
}

interface InTheWay {
  readonly ended: readonly Consent[];
  readonly beside: readonly Consent[];
}

const barring = (facts: Facts, agrees: Agrees): InTheWay => ({ ended: ended(facts, agrees), beside: beside(facts, agrees) });

/** Does a release rest on nothing that ended, and on nothing that is for another purpose? */
function lets(facts: Facts, bars: InTheWay, agrees: Agrees): (given: Given) => boolean {
  const isBar = new Set([...bars.ended, ...bars.beside].map(({ digest }) => digest));
  const past = pastIn(facts, agrees);
  return (given) => !given.consents.some((one) => isBar.has(one)) && !past.goes(given);
}

/**
 * One release that lets it is enough. What one lets in time, and another in purpose, no one of them lets.
 *
 * @returns of the grants in the way those that are cited, where no release lets it; else none
 */
function inTheWay(facts: Facts): InTheWay {
  const agrees = agreesIn(facts);
  const bars = barring(facts, agrees);
  const releases = givenNow(facts);
  if (releases.some(lets(facts, bars, agrees))) return { ended: [], beside: [] };
  const isCited = new Set(releases.flatMap(({ consents }) => consents));
  const among = (grants: readonly Consent[]) => grants.filter(({ digest }) => isCited.has(digest));
  return { ended: among(bars.ended), beside: among(bars.beside) };
}

/**
 * The releases on which this use rests: under their label it is used. What lets it by itself comes before what somebody agreed to since,
 * which may be the very consent that another release cites.
 *
 * @returns all of them where none lets it, which is refused
 */
export function serving<T extends HeldBy>(facts: UseFacts, heldBy: readonly T[]): readonly T[] {
  const inTime = heldBy.filter(isInTime(facts.now));
  const letting = (agrees: Agrees): readonly T[] => inTime.filter(lets(facts, barring(facts, agrees), agrees));
  const found = [letting((who) => who === facts.use.holder), letting(agreesIn(facts))];
  return found.find(({ length }) => length > 0) ?? heldBy;
}

/** The item, and each that its holder made it from where that is not freed. */
function* withSources(facts: Facts): Generator<Facts> {
  yield facts;
  if (facts.action === 'use') for (const source of unfreedSources(facts)) yield { ...facts, ...source };
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
export const barsOf = (facts: Facts, kind: keyof InTheWay): readonly Bar[] =>
  [...withSources(facts)].flatMap((one) => inTheWay(one)[kind].map((grant) => ({ item: one.item, grant })));

export interface Past {
  readonly item: ItemFacts;
  /** who was not asked */
  readonly originators: readonly AuthorityId[];
  /** for what it was handed on, and by whom */
  readonly purposes: readonly Purpose[];
  readonly givers: readonly AuthorityId[];
}

/** What was handed on for other purposes alone, without the consent of these: the item, and what its holder made it from. */
export const handedPast = (facts: Facts): readonly Past[] =>
  [...withSources(facts)].flatMap((one) => {
    const releases = givenNow(one);
    const agrees = agreesIn(one);
    if (releases.some(lets(one, { ended: [], beside: beside(one, agrees) }, agrees))) return [];
    const originators = pastIn(one, agrees).by(releases);
    const purposes = [...new Set(releases.map(({ purpose }) => purpose))];
    const givers = [...new Set(releases.map(({ holder }) => holder))];
    return originators.length === 0 ? [] : [{ item: one.item, originators, purposes, givers }];
  });

/** What it was made from, but for that whose originators all let the use of what was made. */
export function unfreedSources(facts: UseFacts): readonly HeldSource[] {
  const { agrees } = intentionOf(facts);
  return facts.madeFrom.filter(({ item }) => !item.label.originators.every(agrees));
}
