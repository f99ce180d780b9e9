/** The exchange by which a holder was given an item: what its request named, and what its answers said, on which a release may rest. */
import { presumes } from '../../domain/authority.js';
import type { GivenIn } from '../../domain/exemption.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { StatementOf } from '../../domain/statement.js';
import type { ReleaseFacts } from '../../policies/facts.js';
import type { Gathering } from '../plan.js';
import type { Library } from '../read/library.js';
import type { Found } from './holders.js';
import { answersIn } from './send.js';

type Release = StatementOf<'parley-release+json'>;
type Envelope = StatementOf<'parley-envelope+json'>;

/** What is known of the exchange in which an envelope gave the item. */
export interface Behind {
  /** what first carried the item */
  readonly carrier: Envelope;
  readonly opening: Envelope;
  readonly named: GivenIn['named'];
  readonly answer: GivenIn['answer'];
}

/** @returns null: no envelope gave it */
export async function exchangeBehind({ payload }: Release, { volume, item }: Found, library: Library): Promise<Behind | null> {
  const carrier = volume.statement;
  if (carrier.typ !== 'parley-envelope+json') return null;
  const envelopes = await library.linkedOf('exchange', carrier.payload.exchange, 'parley-envelope+json');
  const opening = envelopes[0]?.statement;
  if (opening === undefined) return null;
  // the last word on the recipient holds, from the answer that gave the item on
  const said = envelopes
    .filter(({ volume: { stored }, statement }) => stored.index >= volume.stored.index && statement.payload.from === carrier.payload.from)
    .flatMap(({ statement }) => answersIn(statement))
    .findLast((one) => one.authority === payload.to && one.authorityType === payload.toType)?.answer;
  const refusals = await library.linkedOf('consent', item.digest, 'parley-consent-refusal+json');
  const refusedLater = refusals.some(
    ({ statement }) => statement.payload.originator === carrier.payload.from && statement.payload.recipient.authority === payload.to,
  );
  return {
    carrier,
    opening,
    named: opening.payload.message === 'SUBMIT' ? (opening.payload.body.intendedRecipients ?? []) : [],
    answer: refusedLater ? 'REFUSE' : (said ?? null),
  };
}

/** 0.4: was this recipient named in the request that the item answers, and what did the reply say? A later refusal ends a presumption. */
export function presumptionFrom(behind: Behind | null, holder: AuthorityId, { directory }: Gathering): ReleaseFacts['presumption'] {
  if (behind === null || behind.opening.payload.message !== 'SUBMIT' || behind.opening.payload.from !== holder) return null;
  const { from, profile } = behind.carrier.payload;
  const switchedOn = [from, holder].map((who) => directory.authorities.get(who));
  return {
    request: behind.opening.digest,
    profile,
    bothSwitchedOn: switchedOn.every((authority) => authority !== undefined && presumes(authority, profile)),
    originator: from,
    named: behind.named,
    answer: behind.answer,
  };
}

/** What an exemption of the channel rests on. What somebody else handed on to the holder came by no exchange of its own. */
export function givenInFrom(behind: Behind | null, holder: AuthorityId): GivenIn | null {
  if (behind?.carrier.payload.to !== holder) return null;
  const { carrier, opening, named, answer } = behind;
  const { profile, exchangeType, from, toType } = carrier.payload;
  const side = opening.payload.from === holder ? 'REQUESTING' : 'REQUESTED';
  return { profile, type: exchangeType, by: from, heldAs: toType, side, named, answer };
}
