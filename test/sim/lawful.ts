/** The lawful ways around consent: a notice, a second person, the originators' words, and what goes then. Any of them may be missing. */
import { makeApproval, makeConsultation, makeNotice } from '../support/notices.js';
import { handsOf, others, pick, release, type Deed } from './moves.js';
import { send } from './town.js';

const WAYS = {
  EXCULPATORY: { way: 'EXCULPATORY', purpose: 'EXCULPATORY' },
  EMERGENCY: { way: 'EMERGENCY', purpose: 'IMMINENT_THREAT', reason: 'THREAT_TO_LIFE' },
} as const;

export const disclose: Deed = async (town, me) => {
  const { draw } = town;
  const given = pick(town, handsOf(town, me));
  if (given === undefined) return false;
  const { item, originators } = given.thing;
  const way = WAYS[draw.oneIn(2) ? 'EMERGENCY' : 'EXCULPATORY'];
  const court = town.cast.find(({ type }) => type === 'COURT');
  const to = way.way === 'EXCULPATORY' && court !== me && !draw.oneIn(6) ? court! : pick(town, others(town, me))!;
  const impossible = way.way === 'EXCULPATORY' && draw.oneIn(4) ? { impossible: 'HEARING_UNDER_WAY' } : {};
  const notice = makeNotice(me, to, item.digest, town.desk(), { ...way, ...impossible });
  if (!(await send(town, notice, me))) return true;
  const by = draw.oneIn(6) ? me : town.seconds.get(me)!;
  const approval = makeApproval(me, by.signing, notice.digest, town.desk());
  const approved = !draw.oneIn(8) && (await send(town, approval, by));
  const speak = originators
    .filter((one) => one !== me && !draw.oneIn(8))
    .map((one) => () => {
      const word = makeConsultation(one, notice.digest, draw.oneIn(6) ? 'CONSULT' : 'NO_OBJECTION', town.desk());
      return send(town, word, one);
    });
  const basis = { notices: [notice.digest], approvals: approved ? [approval.digest] : [] };
  // it told of one recipient: now and then it goes to another
  const goesTo = draw.oneIn(8) ? pick(town, others(town, me))! : to;
  const go = () => release(town, { given, to: goesTo, basis, purpose: way.purpose });
  // the last word comes while it goes
  const last = draw.oneIn(2) ? speak.pop() : undefined;
  for (const one of speak) await one();
  await Promise.all([last?.(), go()]);
  return true;
};
