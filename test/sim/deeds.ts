/** What an authority may do next. What is not allowed now is tried all the same: refusals are part of the life. */
import { formatInstant, plusMs } from '../../domain/time.js';
import type { Actor } from '../support/actors.js';
import { makeAccess, makeConsent, makeEnvelope, makeLabel, makeRevocation } from '../support/letters.js';
import { ask, askCounterpart, hasCounterpart, reply } from './asking.js';
import { exempt } from './exempt.js';
import { disclose } from './lawful.js';
import { handsOf, others, pick, purposeOf, release, use, type Deed } from './moves.js';
import { madeBy, makeOwn } from './own.js';
import { found, labelWith, noThirdParty, notForEvidence, quoted, type Hand, type Thing } from './things.js';
import { send, type Asked, type Granted, type Town } from './town.js';

const answer: Deed = async (town, me) => {
  const request = pick(
    town,
    town.asked.filter(({ to }) => to === me),
  );
  if (request === undefined) return false;
  if (request.acknowledged) {
    await reply(town, request, await made(town, me, request));
    return true;
  }
  const desk = town.desk();
  const letter = { from: me, to: request.from, exchange: request.exchange, over: request.over };
  const acknowledge = makeEnvelope({ ...letter, message: 'ACKNOWLEDGE', body: { receivedAt: formatInstant(desk.at) } }, desk);
  request.acknowledged = await send(town, acknowledge, me);
  return true;
};

/** of its own, from the question, or from whatever else it has, of whomever */
function made(town: Town, me: Actor, { from, question }: Asked): Promise<Thing> {
  const source = town.draw.oneIn(3) ? pick(town, handsOf(town, me)) : question;
  return source === undefined || town.draw.oneIn(3) ? found(me, from, town.desk()) : quoted(me, from, source, town.draw, town.desk());
}

/** Often another unit, which may write to whoever gave it what it makes of it. */
function readersFor(town: Town, me: Actor, { holder }: Hand): readonly Actor[] {
  const all = others(town, me, holder);
  return town.draw.oneIn(3) ? all.filter(({ type }) => type === 'FIU') : all;
}

const grant: Deed = async (town, me) => {
  const given = pick(
    town,
    town.hands.filter(({ thing, holder }) => thing.originators.includes(me) && holder !== me),
  );
  if (given === undefined) return false;
  // where others are behind it too, all of them must have the same recipient in mind
  const before = town.grants.find((granted) => granted.given === given && granted.originator !== me);
  const to = before?.to ?? pick(town, readersFor(town, me, given));
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
  // it is used while it ends, by the holder and by who has it from there: one of the two is first, and both must know which
  const { given, to } = granted;
  const revoked = send(town, makeRevocation(me, given.holder, granted.digest, town.desk()), me);
  const onward = town.hands.find(({ thing, holder }) => thing === given.thing && holder === to);
  const made = madeBy(town, to, given.thing);
  await Promise.all([revoked, handOn(town, granted), onward && use(town, onward), ...made.map((own) => use(town, own))]);
  return true;
};

const useGrant: Deed = async (town, me) => {
  const granted = pick(
    town,
    town.grants.filter(({ given }) => given.holder === me),
  );
  if (granted !== undefined) await handOn(town, granted);
  return granted !== undefined;
};

/** Under every consent that there is; now and then one is not cited. */
function handOn(town: Town, { given, to }: Pick<Granted, 'given' | 'to'>): Promise<void> {
  const grants = grantsFor(town, given, to);
  const cited = town.draw.oneIn(6) ? grants.slice(1) : grants;
  const each = cited.map(({ digest, originator }) => ({ originator: originator.id, consent: digest }));
  const isOnce = new Set(each.map(({ originator }) => originator)).size === each.length;
  const basis = town.draw.oneIn(4) && isOnce && each.length > 0 ? { each } : { consents: cited.map(({ digest }) => digest) };
  return release(town, { given, to, basis });
}
const grantsFor = (town: Town, given: Hand, to: Actor): Granted[] =>
  town.grants.filter((granted) => granted.given === given && granted.to === to);

/** Where the request said that it would go; often while the answer's author takes that back. */
const presume: Deed = async (town, me) => {
  const { draw } = town;
  const given = pick(
    town,
    handsOf(town, me).filter(({ answers }) => answers?.from === me && answers.named !== null),
  );
  if (given?.answers === undefined) return false;
  const { opening: presumed, named, to: giver } = given.answers;
  const to = draw.oneIn(6) ? pick(town, others(town, me))! : named!;
  const more = grantsFor(town, given, to).filter(({ originator }) => originator !== giver);
  const each = [
    { originator: giver.id, presumed },
    ...more.map(({ digest, originator }) => ({ originator: originator.id, consent: digest })),
  ];
  const isOnce = new Set(each.map(({ originator }) => originator)).size === each.length;
  const going = release(town, { given, to, basis: more.length > 0 && isOnce ? { each } : { presumed } });
  const refusing = draw.oneIn(3) ? reply(town, given.answers, await found(giver, me, town.desk()), 'REFUSE') : null;
  await Promise.all([going, refusing]);
  return true;
};

/** To one of those behind it, who needs nobody's consent but the others'. */
const giveBack: Deed = async (town, me) => {
  const given = pick(town, handsOf(town, me));
  const to = given && pick(town, town.draw.oneIn(4) ? others(town, me) : given.thing.originators.filter((one) => one !== me));
  if (given === undefined || to === undefined) return false;
  if (town.draw.oneIn(2)) await release(town, { given, to, basis: { exemption: 'RETURN' } });
  else await handOn(town, { given, to });
  return true;
};

const read: Deed = async (town, me) => {
  const hand = pick(town, handsOf(town, me));
  if (hand === undefined) return false;
  await send(town, makeAccess(me, hand.thing.item.digest, hand.via, town.desk(), { purpose: purposeOf(town, hand) }), me);
  return true;
};

const work: Deed = async (town, me) => {
  const hand = pick(town, handsOf(town, me));
  if (hand !== undefined) await use(town, hand);
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

/** What is wrong is taken back, in whatever was made of it too. Seldom: it ends every way. */
const takeBack: Deed = async (town, me) => {
  const thing = pick(
    town,
    town.hands.map((hand) => hand.thing).filter(({ originators }) => originators.includes(me)),
  );
  if (thing === undefined || !town.draw.oneIn(2)) return false;
  if (await send(town, makeLabel(me, thing.item, town.desk(), { change: 'RETRACT', label: undefined }), me)) thing.labelEpoch += 1;
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
  answer,
  answer,
  grant,
  grant,
  grant,
  grant,
  useGrant,
  useGrant,
  useGrant,
  presume,
  presume,
  exempt,
  disclose,
  disclose,
  giveBack,
  read,
  work,
  work,
  makeOwn,
  makeOwn,
  makeOwn,
  makeOwn,
  revoke,
  tighten,
  takeBack,
];
/** Of those whose channel lets something be handed on without consent. */
const COUNTERPARTS_DEEDS: readonly Deed[] = [
  askCounterpart,
  askCounterpart,
  answer,
  answer,
  answer,
  answer,
  exempt,
  exempt,
  exempt,
  exempt,
  exempt,
  exempt,
  grant,
  useGrant,
  giveBack,
  disclose,
  read,
  work,
  tighten,
  takeBack,
];
const TRIES_MAX = 8;

/** The life of one officer. */
export async function live(town: Town, me: Actor, deeds: number): Promise<void> {
  const all = hasCounterpart(me) ? COUNTERPARTS_DEEDS : DEEDS;
  for (let i = 0; i < deeds; i += 1) {
    await town.world.clock.sleep(town.draw.below(300));
    for (let tries = 0; tries < TRIES_MAX && !(await pick(town, all)!(town, me)); tries += 1);
  }
}
