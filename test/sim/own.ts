/** What a unit makes for itself from what was handed on to it: it goes to who gave that first, and its maker uses it from then on. */
import { uuidFrom, type Actor } from '../support/actors.js';
import { makeEnvelope, makeItem, REQUEST_FORM, requestBody } from '../support/letters.js';
import { handsOf, pick, use, type Deed } from './moves.js';
import { quoted, type Hand } from './things.js';
import { send, type Town } from './town.js';

const USES = 3;
const isFiu = ({ type }: Actor): boolean => type === 'FIU';
/** it may go to whoever else is behind it, and to nobody beside */
const behindIt = ({ thing }: Hand, me: Actor): readonly Actor[] => thing.originators.filter((one) => one !== me);

export const makeOwn: Deed = async (town, me) => {
  const given = pick(
    town,
    handsOf(town, me).filter((hand) => hand.isReleased === true && behindIt(hand, me).length === 1 && behindIt(hand, me).every(isFiu)),
  );
  if (given === undefined || !isFiu(me)) return false;
  const [to] = behindIt(given, me);
  const desk = town.desk();
  const thing = await quoted(me, to!, given, town.draw, desk);
  const form = await makeItem(me, [to!, me], 'more on this?', desk, { itemRole: 'FORM', form: REQUEST_FORM });
  const asking = { exchange: uuidFrom(desk.chance), message: 'SUBMIT', body: requestBody(to!, form.digest) } as const;
  const signed = makeEnvelope({ from: me, to: to!, items: [form, thing.item], ...asking }, desk);
  if (!(await send(town, signed, me))) return true;
  for (const holder of [me, to!]) town.hands.push({ thing, holder, via: signed.digest, added: [] });
  const own = town.hands.find((hand) => hand.thing === thing)!;
  // before what let it have the source ends, and after
  for (let uses = 0; uses < USES; uses += 1) {
    await use(town, own);
    await town.world.clock.sleep(town.draw.below(500));
  }
  return true;
};

/** What was made by the one who has it, from that. */
export const madeBy = (town: Town, holder: Actor, source: Hand['thing']): Hand[] =>
  handsOf(town, holder).filter(({ thing }) => thing.originators[0] === holder && thing.sources.includes(source));
