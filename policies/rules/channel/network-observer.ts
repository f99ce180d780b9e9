import type { Authority } from '../../../domain/authority.js';
import { seatsOf } from '../../../domain/seats.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { AuthorityType, Network, Seat } from '../../../domain/vocabulary.js';
import type { ReleaseFacts, SendFacts } from '../../facts.js';
import { chooseAnother } from '../../remedies.js';
import { networkOf } from '../../channels.js';
import { rule } from '../../rule.js';

const CONTACT = 'ARIN_CONTACT_LE';
const CONTACTS: ReadonlySet<AuthorityType | undefined> = new Set([CONTACT, 'ARIN_CONTACT_JUDICIAL']);
/** Whose contact points these are. */
const THEIRS: ReadonlySet<Network | null> = new Set(
  Object.values(PROFILES)
    .filter(({ pairs }) => pairs.some(({ to }) => to.includes(CONTACT)))
    .map(({ network }) => network),
);

interface Channel {
  /** null: none, such as what nobody asked for goes by */
  readonly network: Network | null;
  readonly to: string;
  readonly toType: AuthorityType | undefined;
  /** a word without an item, in an exchange that is open already: whoever told something is answered at least that it came */
  readonly isWordAlone: boolean;
}

/** By which network it goes, or came: an answer given in one is copied to none of its observers. */
function channelOf(facts: SendFacts | ReleaseFacts): Channel {
  if (facts.action === 'send') {
    const { envelope, exchange, items } = facts;
    const isWordAlone = exchange !== null && items.length === 0;
    return { network: networkOf(PROFILES[envelope.profile], envelope), to: envelope.to, toType: envelope.toType, isWordAlone };
  }
  const { item, release } = facts;
  return {
    network: item.givenOn === null ? null : PROFILES[item.givenOn].network,
    to: release.to,
    toType: release.toType,
    isWordAlone: false,
  };
}

/** A contact point is one of some network: who is less than a member in each of its own receives no case data by any other channel either. */
function seatOf(to: Authority | null, { network, toType, isWordAlone }: Channel): Seat | null {
  if (to === null) return null;
  const isContact = network === null && CONTACTS.has(toType) && !isWordAlone;
  const seats = seatsOf(to).filter((one) => (isContact ? THEIRS.has(one.network) : one.network === network));
  return seats.some(({ seat }) => seat === 'MEMBER') ? null : (seats[0] ?? null);
}

export const networkObserver = rule({
  id: 'channel/network-observer',
  code: 'OBSERVER_NO_CASE_DATA',
  on: ['send', 'release'],
  source: '5.1 [F:S36]; section 12',
  sentence: '{to} sits in {network} as {seat} and receives no case data.',
  remedy: 'Choose a member of the network.',
  violatedBy(facts) {
    const channel = channelOf(facts);
    const { to } = channel;
    const held = seatOf(facts.to, channel);
    return held === null ? [] : [{ fill: { to, network: held.network, seat: held.seat }, offenders: [to], remedy: chooseAnother(facts) }];
  },
});
