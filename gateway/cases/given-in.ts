/** The exchange by which a holder was given an item: what its request named, and what its answers said, on which a release may rest. */
import { presumes } from '../../domain/authority.js';
import type { Exchange } from '../../domain/exchange.js';
import { exemptionOf, presumedOf, type Basis } from '../../domain/basis.js';
import { restsOnExchange, type GivenIn } from '../../domain/exemption.js';
import { exchangeKey } from '../../domain/guard-keys.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { answerOn } from '../../domain/intended.js';
import { MACHINES } from '../../domain/machines/index.js';
import type { StatementOf } from '../../domain/statement.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import type { ReleaseFacts } from '../../policies/facts.js';
import type { Gathering, Plan } from '../plan.js';
import { readExchange } from './exchanges.js';
import { stillGives, type Found } from './holders.js';

type Release = StatementOf<'parley-release+json'>;
type Envelope = StatementOf<'parley-envelope+json'>;

/** Does the giver's part rest on what the exchange says: whom its request named, what its answers said, whether it is open? */
const restsOnIt = (basis: Basis, giver: AuthorityId): boolean => {
  const code = exemptionOf(basis, giver);
  return presumedOf(basis, giver) !== null || (code !== null && restsOnExchange(code));
};

/** What is known of the exchange in which an envelope gave the item. */
export interface Behind {
  /** what first carried the item */
  readonly carrier: Envelope;
  readonly exchange: Exchange;
  readonly answer: GivenIn['answer'];
  /** as which type the holder was handed it by whoever was asked, for execution (46(13)); null: it was not */
  readonly executes: AuthorityType | null;
  /** the exchange as it was read, where the release rests on it: whoever is refused meanwhile is decided again */
  readonly expects: Plan['expects'];
}

/**
 * Reads the exchange's row and not its messages: however many these are, they stand in nobody's way.
 * @returns null: no envelope gave it
 */
export async function exchangeBehind({ payload }: Release, { volume, item }: Found, gathering: Gathering): Promise<Behind | null> {
  const { store, library } = gathering;
  const carrier = volume.statement;
  if (carrier.typ !== 'parley-envelope+json') return null;
  const [exchange, leaf] = [await readExchange(carrier.payload.exchange, store), await store.leafOf(volume.stored.digest, 'accepted')];
  if (exchange === null || leaf === null) return null;
  // the last word on the recipient holds, from the answer that gave the item on
  const said = carrier.payload.from === exchange.requested ? answerOn(exchange.intended, payload, leaf.version) : null;
  const refusals = await library.linkedOf('consent', item.digest, 'parley-consent-refusal+json');
  const refusedLater = refusals.some(
    ({ statement }) => statement.payload.originator === carrier.payload.from && statement.payload.recipient.authority === payload.to,
  );
  const again = await givenAgain(carrier, payload, item.digest, gathering);
  const read = restsOnIt(payload.basis, carrier.payload.from) ? [exchange, ...again.map((one) => one.exchange)] : [];
  const expects = read.map(({ id, version }) => ({ key: exchangeKey(id), version }));
  const isRefused = refusedLater || again.some(({ answer }) => answer === 'REFUSE');
  const executes = await executingAs(payload.holder, carrier, item.digest, gathering);
  return { carrier, exchange, answer: isRefused ? 'REFUSE' : said, executes, expects };
}

/** Other exchanges in which the giver gave the holder the same item again, and what it said there of this recipient: a refusal ends a presumption (rulings 4). */
async function givenAgain(
  { payload: { from, exchange } }: Envelope,
  release: Release['payload'],
  item: Digest,
  { store, library }: Gathering,
): Promise<readonly { readonly exchange: Exchange; readonly answer: GivenIn['answer'] }[]> {
  const carried = await library.linkedOf('held', item, 'parley-envelope+json');
  const others = carried.filter(({ statement: { payload: p } }) => p.from === from && p.to === release.holder && p.exchange !== exchange);
  const found = await Promise.all(
    others.map(async ({ volume, statement }) => {
      const other = await readExchange(statement.payload.exchange, store);
      const leaf = await store.leafOf(volume.stored.digest, 'accepted');
      if (other?.requested !== from || leaf === null) return [];
      return [{ exchange: other, answer: answerOn(other.intended, release, leaf.version) }];
    }),
  );
  return found.flat();
}

/** What came through a bureau goes on from its central authority to who executes it: one step behind whoever was asked, and no further. */
async function executingAs(
  holder: AuthorityId,
  { payload: { from, to } }: Envelope,
  item: Digest,
  { library, now }: Gathering,
): Promise<AuthorityType | null> {
  if (holder === to) return null;
  for (const { volume, statement } of await library.linkedOf('held', item, 'parley-release+json')) {
    const { payload } = statement;
    const isForThat =
      payload.holder === to && payload.to === holder && exemptionOf(payload.basis, from) === 'EXECUTION' && now < payload.until;
    if (isForThat && (await stillGives(volume, item, holder, library))) return payload.toType ?? null;
  }
  return null;
}

/** Who hands it on, and as which of its types it has it. */
type Acting = Pick<ReleaseFacts, 'heldAs'> & { readonly holder: AuthorityId };

/** 0.4: was this recipient named in the request that the item answers, and what did the reply say? A later refusal ends a presumption. */
export function presumptionFrom(behind: Behind | null, { holder, heldAs }: Acting, { directory }: Gathering): ReleaseFacts['presumption'] {
  if (behind === null || behind.exchange.requesting !== holder || !heldAs.includes(behind.exchange.requestingType)) return null;
  const { carrier, exchange, answer } = behind;
  const { from, profile } = carrier.payload;
  const switchedOn = [from, holder].map((who) => directory.authorities.get(who));
  return {
    request: exchange.opening,
    profile,
    bothSwitchedOn: switchedOn.every((authority) => authority !== undefined && presumes(authority, profile)),
    originator: from,
    named: exchange.intended,
    answer,
  };
}

/** What an exemption of the channel rests on. What somebody else handed on to the holder came by no exchange of its own, but for what it is to have executed. */
export function givenInFrom(behind: Behind | null, { holder, heldAs }: Acting): GivenIn | null {
  if (behind === null) return null;
  const { carrier, exchange, answer, executes } = behind;
  const { profile, exchangeType, from, to, toType } = carrier.payload;
  const as = to === holder ? toType : executes;
  if (as === null || !heldAs.includes(as)) return null;
  const side = exchange.requesting === to ? 'REQUESTING' : 'REQUESTED';
  const isOpen = exchange.deliveredAt !== null && !MACHINES[exchange.type].ended.includes(exchange.state);
  return { profile, type: exchangeType, by: from, heldAs: as, side, isOpen, named: exchange.intended, answer };
}
