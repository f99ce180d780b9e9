/** What a channel lets be handed on without consent: often while the giver says otherwise, or withdraws what is to be executed. */
import type { Actor } from '../support/actors.js';
import { makeLabel } from '../support/letters.js';
import { reply, withdraw } from './asking.js';
import { handsOf, others, pick, release, type Deed } from './moves.js';
import { found, labelWith, noThirdParty, type Hand } from './things.js';
import { send, type Asked, type Town } from './town.js';

const CODES: Readonly<Partial<Record<Actor['type'], string>>> = { ARIN_CONTACT_LE: 'NAMED_TEAM', CENTRAL_AUTHORITY_MLA: 'EXECUTION' };

export const exempt: Deed = async (town, me) => {
  const { draw } = town;
  const own = CODES[me.type];
  const code = own === undefined || draw.oneIn(8) ? pick(town, Object.values(CODES))! : own;
  // mostly what the channel is meant for: an answer, or what is to be executed
  const isMeant = ({ answers }: Hand): boolean => (answers === undefined) === (code === 'EXECUTION') || draw.oneIn(6);
  const given = pick(
    town,
    handsOf(town, me).filter((hand) => !hand.thing.originators.every((one) => one === me) && isMeant(hand)),
  );
  const exchange = given?.answers ?? town.asked.find(({ question }) => question === given);
  const to = draw.oneIn(6) ? pick(town, others(town, me))! : meant(town, code, exchange);
  // whoever has no such channel, or lies in another State, tries it all the same, seldom
  const isAmiss = own === undefined || to.id.slice(0, 2) !== me.id.slice(0, 2);
  if (given === undefined || to === me || (isAmiss && !draw.oneIn(3))) return false;
  const giver = given.answers?.to ?? given.thing.originators.find((one) => one !== me)!;
  const basis = draw.oneIn(4) ? { each: [{ originator: giver.id, exemption: code }] } : { exemption: code };
  const against = exchange !== undefined && draw.oneIn(4) ? sayOtherwise(town, given, exchange, giver) : null;
  await Promise.all([against, release(town, { given, to, basis })]);
  return true;
};

/** whom the request named, or police; of a formal request who may execute it */
function meant({ cast, draw }: Town, code: string, exchange: Asked | undefined): Actor {
  const isCourt = code === 'EXECUTION' && draw.oneIn(2);
  const named = code === 'EXECUTION' || draw.oneIn(4) ? null : (exchange?.named ?? null);
  return named ?? cast.find(({ type }) => type === (isCourt ? 'COURT' : 'LAW_ENFORCEMENT'))!;
}

async function sayOtherwise(town: Town, { thing, answers }: Hand, exchange: Asked, giver: Actor): Promise<void> {
  if (answers === undefined) return withdraw(town, exchange);
  if (town.draw.oneIn(2)) return reply(town, exchange, await found(giver, exchange.from, town.desk()), 'REFUSE');
  const label = labelWith(thing, [noThirdParty(giver)]);
  if (await send(town, makeLabel(giver, thing.item, town.desk(), { label }), giver)) thing.labelEpoch += 1;
}
