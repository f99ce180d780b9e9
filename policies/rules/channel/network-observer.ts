import type { Authority } from '../../../domain/authority.js';
import { seatsOf } from '../../../domain/seats.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { AuthorityType, Network, Seat } from '../../../domain/vocabulary.js';
import type { Remedy } from '../../../domain/violation.js';
import type { ReleaseFacts, SendFacts } from '../../facts.js';
import { chooseAnother } from '../../remedies.js';
import { isAboutWhatWasGiven, isWordAlone, networkOf, otherProfiles } from '../../channels.js';
import { rule } from '../../rule.js';

const CONTACT = 'ARIN_CONTACT_LE';
const CONTACTS: ReadonlySet<AuthorityType | undefined> = new Set([CONTACT, 'ARIN_CONTACT_JUDICIAL']);
/** Whose contact points these are. */
const THEIRS: ReadonlySet<Network | null> = new Set(
  Object.values(PROFILES)
    .filter(({ pairs }) => pairs.some(({ to }) => to.includes(CONTACT)))
    .map(({ network }) => network),
);

/**
 * As what it would receive case data of the network, if as less than a member. A contact point is one of some network: who is less than a
 * member in each of its own receives none by a channel without a network either.
 */
function lesserSeat(authority: Authority | null, network: Network | null, type: AuthorityType | undefined): Seat | null {
  if (authority === null) return null;
  const isContact = network === null && CONTACTS.has(type);
  const seats = seatsOf(authority).filter((one) => (isContact ? THEIRS.has(one.network) : one.network === network));
  return seats.some(({ seat }) => seat === 'MEMBER') ? null : (seats[0] ?? null);
}

interface Lesser {
  readonly to: string;
  readonly seat: Seat | null;
  /** asked for where it is told */
  remedy(): Remedy;
}

/** Whom it is sent to; and who asks on a network, since the answer would come to it. */
function lesserOf(facts: SendFacts): readonly Lesser[] {
  const { envelope, exchange, from, to } = facts;
  const network = networkOf(PROFILES[envelope.profile], envelope);
  const asks = network !== null && exchange === null && !isAboutWhatWasGiven(envelope);
  const addressed = isWordAlone(facts, network) ? null : lesserSeat(to, network, envelope.toType);
  return [
    ...(asks ? [{ to: envelope.from, seat: lesserSeat(from, network, envelope.fromType), remedy: () => otherProfiles(facts) }] : []),
    { to: envelope.to, seat: addressed, remedy: () => chooseAnother(facts) },
  ];
}

/** An answer given in a network is copied to none of its observers. */
function handedTo(facts: ReleaseFacts): Lesser {
  const { item, release, to } = facts;
  const network = item.givenOn === null ? null : PROFILES[item.givenOn].network;
  return { to: release.to, seat: lesserSeat(to, network, release.toType), remedy: () => chooseAnother(facts) };
}

export const networkObserver = rule({
  id: 'channel/network-observer',
  code: 'OBSERVER_NO_CASE_DATA',
  on: ['send', 'release'],
  source: '5.1 [F:S36]; section 12',
  sentence: '{to} sits in {network} as {seat} and receives no case data.',
  remedy: 'Choose a member of the network; who is none asks on a channel that joins the two otherwise, or through one.',
  violatedBy(facts) {
    const all = facts.action === 'send' ? lesserOf(facts) : [handedTo(facts)];
    return all.flatMap(({ to, seat, remedy }) =>
      seat === null ? [] : [{ fill: { to, network: seat.network, seat: seat.seat }, offenders: [to], remedy: remedy() }],
    );
  },
});
