/** What an authority may do next. What is not allowed now is tried all the same: refusals are part of the life. */
import { formatInstant, plusMs } from '../../domain/time.js';
import type { Actor } from '../support/actors.js';
import { makeAccess, makeConsent, makeEnvelope, makeLabel, makeRelease, makeRequest, makeRevocation } from '../support/letters.js';
import { caveatsOn, found, labelWith, noAction, noThirdParty, notForEvidence, quoted, type Hand, type Thing } from './things.js';
import { send, type Asked, type Granted, type Town } from './town.js';

/** @returns false where there is nothing to do it with */
type Deed = (town: Town, me: Actor) => Promise<boolean>;

const pick = <T>(town: Town, from: readonly T[]): T | undefined => from[town.draw.below(Math.max(1, from.length))];
const handsOf = (town: Town, me: Actor): Hand[] => town.hands.filter(({ holder }) => holder === me);
const others = (town: Town, ...not: readonly Actor[]): Actor[] => town.cast.filter((actor) => !not.includes(actor));

const ask: Deed = async (town, me) => {
  const to = pick(
    town,
    others(town, me).filter(({ type }) => type === 'FIU'),
  );
  if (to === undefined || me.type !== 'FIU') return false;
  const { item, exchange, signed } = await makeRequest(me, to, town.desk());
  if (!(await send(town, signed, me))) return true;
  const thing = { item, originators: [me], sources: [], caveats: [noThirdParty(me)], labelEpoch: 0 };
  const question = { thing, holder: to, via: signed.digest, added: [] };
  town.asked.push({ exchange, from: me, to, question, acknowledged: false });
  town.hands.push(question);
  return true;
};

const answer: Deed = async (town, me) => {
  const request = pick(
    town,
    town.asked.filter(({ to }) => to === me),
  );
  if (request === undefined) return false;
  const letter = { from: me, to: request.from, exchange: request.exchange };
  if (!request.acknowledged) {
    const desk = town.desk();
    const acknowledge = makeEnvelope({ ...letter, message: 'ACKNOWLEDGE', body: { receivedAt: formatInstant(desk.at) } }, desk);
    request.acknowledged = await send(town, acknowledge, me);
    return true;
  }
  const thing = await made(town, me, request);
  // now and then what it is made from goes with it, which is a release and no answer
  const items = town.draw.oneIn(8) && thing.sources.length > 0 ? [thing.item, thing.sources[0]!.item] : [thing.item];
  const reply = makeEnvelope({ ...letter, message: town.draw.oneIn(6) ? 'FINAL_REPLY' : 'PARTIAL_REPLY', items }, town.desk());
  if (await send(town, reply, me)) town.hands.push({ thing, holder: request.from, via: reply.digest, added: [] });
  return true;
};

/** of its own, from the question, or from whatever else it has, of whomever */
function made(town: Town, me: Actor, { from, question }: Asked): Promise<Thing> {
  const source = town.draw.oneIn(3) ? pick(town, handsOf(town, me)) : question;
  return source === undefined || town.draw.oneIn(3) ? found(me, from, town.desk()) : quoted(me, from, source, town.draw, town.desk());
}

const grant: Deed = async (town, me) => {
  const given = pick(
    town,
    town.hands.filter(({ thing, holder }) => thing.originators.includes(me) && holder !== me),
  );
  if (given === undefined) return false;
  // where others are behind it too, all of them must have the same recipient in mind
  const before = town.grants.find((granted) => granted.given === given && granted.originator !== me);
  const to = before?.to ?? pick(town, others(town, me, given.holder));
  if (to === undefined) return false;
  const desk = town.desk();
  // one in three ends while it is used
  const over = town.draw.oneIn(3) ? { until: formatInstant(plusMs(desk.at, 200 + town.draw.below(1_500))) } : {};
  const consent = makeConsent(me, given.holder, to, [given.thing.item.digest], desk, over);
  if (await send(town, consent, me)) town.grants.push({ digest: consent.digest, given, originator: me, to });
  return true;
};

const revoke: Deed = async (town, me) => {
  const granted = pick(
    town,
    town.grants.filter(({ originator }) => originator === me),
  );
  if (granted === undefined) return false;
  // the holder uses it while it ends: one of the two is first, and both must know which
  const { holder } = granted.given;
  await Promise.all([send(town, makeRevocation(me, holder, granted.digest, town.desk()), me), handOn(town, granted)]);
  return true;
};

const release: Deed = async (town, me) => {
  const granted = pick(
    town,
    town.grants.filter(({ given }) => given.holder === me),
  );
  if (granted !== undefined) await handOn(town, granted);
  return granted !== undefined;
};

/** Under every consent that there is; now and then one is not cited, a caveat is added, or one is left out. */
async function handOn(town: Town, { given, to }: Pick<Granted, 'given' | 'to'>): Promise<void> {
  const { draw } = town;
  const { thing, holder } = given;
  const grants = town.grants.filter((granted) => granted.given === given && granted.to === to).map(({ digest }) => digest);
  const cited = draw.oneIn(6) ? grants.slice(1) : grants;
  const added = draw.oneIn(4) && !thing.originators.includes(holder) ? [...given.added, noAction(holder)] : given.added;
  const all = [...caveatsOn(thing), ...added];
  const borne = draw.oneIn(8) ? all.filter((_, n) => n !== draw.below(all.length)) : all;
  const over = { label: labelWith(thing, borne), labelEpoch: thing.labelEpoch };
  const signed = await makeRelease(holder, to, thing.item, cited, town.desk(), over);
  if (await send(town, signed, holder)) town.hands.push({ thing, holder: to, via: signed.digest, added });
}

/** To one of those behind it, who needs nobody's consent but the others'. */
const giveBack: Deed = async (town, me) => {
  const given = pick(town, handsOf(town, me));
  const to = given && pick(town, town.draw.oneIn(4) ? others(town, me) : given.thing.originators.filter((one) => one !== me));
  if (given === undefined || to === undefined) return false;
  await handOn(town, { given, to });
  return true;
};

const read: Deed = async (town, me) => {
  const hand = pick(town, handsOf(town, me));
  if (hand !== undefined) await send(town, makeAccess(me, hand.thing.item.digest, hand.via, town.desk()), me);
  return hand !== undefined;
};

const tighten: Deed = async (town, me) => {
  const thing = pick(
    town,
    town.hands.map((hand) => hand.thing).filter(({ originators }) => originators.includes(me)),
  );
  if (thing === undefined) return false;
  const label = labelWith(thing, [noThirdParty(me), notForEvidence(me)]);
  if (!(await send(town, makeLabel(me, thing.item, town.desk(), { label }), me))) return true;
  thing.caveats = [...thing.caveats, notForEvidence(me)];
  thing.labelEpoch += 1;
  return true;
};

/** Often what opens new ways, seldom what closes them. */
const DEEDS: readonly Deed[] = [
  ask,
  answer,
  answer,
  answer,
  answer,
  answer,
  grant,
  grant,
  grant,
  grant,
  release,
  release,
  release,
  giveBack,
  read,
  revoke,
  tighten,
];
const TRIES_MAX = 8;

/** The life of one officer. */
export async function live(town: Town, me: Actor, deeds: number): Promise<void> {
  for (let i = 0; i < deeds; i += 1) {
    await town.world.clock.sleep(town.draw.below(300));
    for (let tries = 0; tries < TRIES_MAX && !(await pick(town, DEEDS)!(town, me)); tries += 1);
  }
}
