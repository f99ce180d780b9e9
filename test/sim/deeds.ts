/** What an authority may do next. What is not allowed now is tried all the same: refusals are part of the life. */
import { formatInstant, plusMs } from '../../domain/time.js';
import type { Actor } from '../support/actors.js';
import {
  labelOf,
  makeAccess,
  makeConsent,
  makeEnvelope,
  makeItem,
  makeLabel,
  makeRelease,
  makeRequest,
  makeRevocation,
} from '../support/letters.js';
import { send, type Granted, type Town } from './town.js';

/** @returns false where there is nothing to do it with */
type Deed = (town: Town, me: Actor) => Promise<boolean>;

const pick = <T>(town: Town, from: readonly T[]): T | undefined => from[town.draw.below(Math.max(1, from.length))];
const others = (town: Town, ...not: readonly Actor[]): Actor[] => town.cast.filter((actor) => !not.includes(actor));

const ask: Deed = async (town, me) => {
  const to = pick(
    town,
    others(town, me).filter(({ type }) => type === 'FIU'),
  );
  if (to === undefined || me.type !== 'FIU') return false;
  const { item, exchange, signed } = await makeRequest(me, to, town.desk());
  if (!(await send(town, signed, me))) return true;
  town.asked.push({ exchange, from: me, to, item, envelope: signed.digest, acknowledged: false });
  town.readable.push({ reader: to, item: item.digest, via: signed.digest });
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
  const item = await makeItem(me, [request.from, me], 'what was found', town.desk());
  const reply = makeEnvelope({ ...letter, message: town.draw.oneIn(2) ? 'FINAL_REPLY' : 'PARTIAL_REPLY', items: [item] }, town.desk());
  if (!(await send(town, reply, me))) return true;
  town.given.push({ item, holder: request.from, envelope: reply.digest, label: item.label, labelEpoch: 0 });
  town.readable.push({ reader: request.from, item: item.digest, via: reply.digest });
  return true;
};

const grant: Deed = async (town, me) => {
  const given = pick(
    town,
    town.given.filter(({ item }) => item.issuer === me),
  );
  const to = given && pick(town, others(town, me, given.holder));
  if (given === undefined || to === undefined) return false;
  const desk = town.desk();
  // one in three ends while it is used
  const over = town.draw.oneIn(3) ? { until: formatInstant(plusMs(desk.at, 200 + town.draw.below(1_500))) } : {};
  const consent = makeConsent(me, given.holder, to, [given.item.digest], desk, over);
  if (await send(town, consent, me)) town.grants.push({ digest: consent.digest, given, to });
  return true;
};

const revoke: Deed = async (town, me) => {
  const granted = pick(
    town,
    town.grants.filter(({ given }) => given.item.issuer === me),
  );
  if (granted === undefined) return false;
  // the holder uses it while it ends: one of the two is first, and both must know which
  const { holder } = granted.given;
  await Promise.all([send(town, makeRevocation(me, holder, granted.digest, town.desk()), me), releaseUnder(town, granted)]);
  return true;
};

const release: Deed = async (town, me) => {
  const granted = pick(
    town,
    town.grants.filter(({ given }) => given.holder === me),
  );
  if (granted !== undefined) await releaseUnder(town, granted);
  return granted !== undefined;
};

async function releaseUnder(town: Town, { digest, given, to }: Granted): Promise<void> {
  const cited = town.draw.oneIn(6) ? [] : [digest];
  const over = { label: given.label, labelEpoch: given.labelEpoch };
  const signed = await makeRelease(given.holder, to, given.item, cited, town.desk(), over);
  if (await send(town, signed, given.holder)) town.readable.push({ reader: to, item: given.item.digest, via: signed.digest });
}

const read: Deed = async (town, me) => {
  const thing = pick(
    town,
    town.readable.filter(({ reader }) => reader === me),
  );
  if (thing !== undefined) await send(town, makeAccess(me, thing.item, thing.via, town.desk()), me);
  return thing !== undefined;
};

const tighten: Deed = async (town, me) => {
  const given = pick(
    town,
    town.given.filter(({ item }) => item.issuer === me),
  );
  if (given === undefined) return false;
  const caveats = [
    { code: 'NO_THIRD_PARTY', by: me.id },
    { code: 'NOT_FOR_EVIDENCE', by: me.id },
  ];
  const label = labelOf(me, { caveats });
  if (!(await send(town, makeLabel(me, given.item, town.desk(), { label }), me))) return true;
  given.label = label;
  given.labelEpoch += 1;
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
