/** The words in which the rules speak of channels, and of what a message asks and fills. */
import type { Authority } from '../domain/authority.js';
import { isAssured, seatIn } from '../domain/seats.js';
import { EITHER_WAY } from '../domain/profiles/create-profile.js';
import { openingOf, PROFILES } from '../domain/profiles/index.js';
import type { Profile } from '../domain/profiles/profile.js';
import type { AssistanceType, AuthorityType, ExchangeType, MatterType, Network } from '../domain/vocabulary.js';
import type { Remedy } from '../domain/violation.js';
import type { EnvelopePayload } from '../domain/wire/envelope.js';
import type { SendFacts } from './facts.js';
import { inOneTerritory, NONE } from './vocabulary.js';

// ── channels ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Two bodies, and as what each of them acts. */
export interface Ends {
  readonly from: Authority | null;
  readonly fromType: AuthorityType;
  readonly to: Authority | null;
  readonly toType: AuthorityType;
}

/** @param type null: something is handed on, whichever exchange it came by */
export const joins = ({ pairs, domestic }: Profile, { from, fromType, to, toType }: Ends, type: ExchangeType | null): boolean =>
  pairs.some(
    (pair) =>
      pair.from.includes(fromType) &&
      pair.to.includes(toType) &&
      (type === null || pair.on === undefined || pair.on.includes(type)) &&
      (!(domestic || pair.domestic === true) || inOneTerritory(from, to)),
  );

/** The network of whose members these two have to be: the profile's, or that of their pair; null: none. */
export const networkOf = ({ network, pairs }: Profile, { fromType, toType }: Pick<Ends, 'fromType' | 'toType'>): Network | null =>
  network ?? pairs.find((pair) => pair.from.includes(fromType) && pair.to.includes(toType))?.network ?? null;

/** The territories in which these two have to lie: the profile's, or those of their pair; null: anywhere. */
export const regionOf = ({ region, pairs }: Profile, { fromType, toType }: Pick<Ends, 'fromType' | 'toType'>): readonly string[] | null =>
  region ?? pairs.find((pair) => pair.from.includes(fromType) && pair.to.includes(toType))?.region ?? null;

/** Do both sit in the network as members, lie in the region, and protect as well as the channel asks? */
export function belong(profile: Profile, ends: Ends): boolean {
  const [network, region, { membersOf }] = [networkOf(profile, ends), regionOf(profile, ends), profile.assurance];
  return [ends.from, ends.to].every(
    (authority) =>
      (network === null || seatIn(authority, network) === 'MEMBER') &&
      (authority === null || membersOf === null || isAssured(membersOf, authority)) &&
      (region === null || (authority !== null && authority.entry !== null && region.includes(authority.entry.territory))),
  );
}

/** Types that `from` may address on the profile. */
export const addressable = (profile: Profile, from: AuthorityType): AuthorityType[] => [
  ...new Set(profile.pairs.filter((pair) => pair.from.includes(from)).flatMap((pair) => pair.to)),
];

/** Types that whoever holds something as these may hand it on to, on whichever profile. */
export const onwardTypes = (heldAs: readonly AuthorityType[]): AuthorityType[] => [
  ...new Set(Object.values(PROFILES).flatMap((profile) => heldAs.flatMap((type) => addressable(profile, type)))),
];

// ── what a message asks and fills ──────────────────────────────────────────────────────────────────────────────────

/** Asked about something that was given: of its use, its worth, or a person's access to it. It owes what that owes, and no more. */
export const isAboutWhatWasGiven = ({ exchangeType }: EnvelopePayload): boolean => EITHER_WAY.has(exchangeType);

/**
 * Words without an item that answer nothing asked: whoever told something hears that it came, and whoever gave something, or was asked, is asked of
 * that or told that it is over.
 * @param network where whoever asked as less than a member is told nothing more; null: none
 */
export function isWordAlone({ envelope, exchange, items }: SendFacts, network: Network | null): boolean {
  const isOfAsker = exchange !== null && (network === null || envelope.from === exchange.requesting);
  const isOfWhatWasGiven = isAboutWhatWasGiven(envelope) || envelope.message === 'VERIFY_WITH_SOURCE';
  return items.length === 0 && (isOfAsker || isOfWhatWasGiven);
}

/**
 * A lawful way reaches at home whom no pair joins to its holder, such as a court: it asks back there for consent. That it has from there what it asks
 * about the gateway looks up.
 */
const isAskedBack = ({ envelope, from, to }: SendFacts, { domestic }: Profile): boolean =>
  domestic && envelope.exchangeType === 'CONSENT_REQUEST' && inOneTerritory(from, to);

/** Of what was given its holder asks, or is asked, whichever of them opened the exchange that it came by. */
export function mayOpen(facts: SendFacts, profile: Profile): boolean {
  const { envelope, from, to } = facts;
  const { fromType, toType, exchangeType } = envelope;
  const there: Ends = { from, fromType, to, toType };
  const back: Ends = { from: to, fromType: toType, to: from, toType: fromType };
  const isPair = joins(profile, there, exchangeType) || (isAboutWhatWasGiven(envelope) && joins(profile, back, exchangeType));
  return (isPair || isAskedBack(facts, profile)) && profile.exchangeTypes.includes(exchangeType);
}

/** The way round: profiles on which these two may open this very exchange. */
export function otherProfiles(facts: SendFacts): Remedy {
  const { envelope, from, to } = facts;
  const profiles = Object.values(PROFILES).filter((profile) => mayOpen(facts, profile) && belong(profile, { ...envelope, from, to }));
  return profiles.length === 0 ? NONE : { action: 'use-profile', profiles: profiles.map(({ id }) => id) };
}

type OpeningEnvelope = Extract<EnvelopePayload, { message: 'SUBMIT' }>;

/** Kinds of assistance that an opening message names, as a whole or part by part. */
export const askedIn = ({ assistanceTypes = [], body: { parts = [] } }: OpeningEnvelope): AssistanceType[] => [
  ...assistanceTypes,
  ...parts.map(({ assistanceType }) => assistanceType),
];

/** The single exception (0.11): a unit holds a transaction back for a short fixed time, where its law lets it do so for a foreign one. */
export const isExcepted = (type: AssistanceType, { exchangeType }: EnvelopePayload): boolean =>
  type === 'TRANSACTION_SUSPENSION' && exchangeType === 'POSTPONEMENT_REQUEST';

/** Sealed fields of which the message says that they are filled, in whichever of its items. */
export const filledIn = ({ items }: SendFacts): ReadonlySet<string> => new Set(items.flatMap(({ form }) => form?.present ?? []));

/** Whether the form of this opening, where it has one, has a place for a field. */
export const hasPlaceFor = ({ profile, exchangeType }: EnvelopePayload, field: string): boolean =>
  (openingOf(profile, exchangeType)?.form?.fields ?? []).some(({ name }) => name === field);

/** What the matter is on the other side, where an opening message says that it is not the same there (7.5). */
export const mattersDiffer = (envelope: EnvelopePayload): MatterType | null => {
  const there = envelope.message === 'SUBMIT' ? envelope.body.matterTypeRequested : undefined;
  return there === undefined || there === envelope.matterType ? null : there;
};
