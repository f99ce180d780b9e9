/** What every deed is made of. */
import type { Purpose } from '../../domain/vocabulary.js';
import type { Actor } from '../support/actors.js';
import { makeRelease, makeUse } from '../support/letters.js';
import { caveatsOn, labelWith, noAction, type Hand } from './things.js';
import { send, type Town } from './town.js';

/** @returns false where there is nothing to do it with */
export type Deed = (town: Town, me: Actor) => Promise<boolean>;

export const pick = <T>(town: Town, from: readonly T[]): T | undefined => from[town.draw.below(Math.max(1, from.length))];
export const handsOf = (town: Town, me: Actor): Hand[] => town.hands.filter(({ holder }) => holder === me);
export const others = (town: Town, ...not: readonly Actor[]): Actor[] => town.cast.filter((actor) => !not.includes(actor));

/** As what it acts; now and then it does not say. */
const spoken = ({ draw }: Town, { type }: Actor): object => (draw.oneIn(6) ? {} : { holderType: type });

interface Move {
  readonly given: Hand;
  readonly to: Actor;
  readonly basis: object;
  /** other than that for which it was given */
  readonly purpose?: Purpose;
}

/** On whatever basis; now and then a caveat is added, or one is left out. */
export async function release(town: Town, { given, to, basis, purpose }: Move): Promise<void> {
  const { draw } = town;
  const { thing, holder } = given;
  const added = draw.oneIn(4) && !thing.originators.includes(holder) ? [...given.added, noAction(holder)] : given.added;
  const all = [...caveatsOn(thing), ...added];
  const borne = draw.oneIn(8) ? all.filter((_, n) => n !== draw.below(all.length)) : all;
  const purposes = purpose === undefined ? {} : { purposes: ['INTELLIGENCE', purpose] };
  const over = {
    ...spoken(town, holder),
    label: labelWith(thing, borne, purposes),
    labelEpoch: thing.labelEpoch,
    basis,
    ...(purpose === undefined ? {} : { purpose }),
  };
  const signed = await makeRelease(holder, to, thing.item, [], town.desk(), over);
  if (await send(town, signed, holder))
    town.hands.push({ thing, holder: to, via: signed.digest, added, isReleased: true, ...(purpose === undefined ? {} : { purpose }) });
}

/** For what it was handed on; now and then for something else. */
export const purposeOf = ({ draw }: Town, { purpose = 'INTELLIGENCE' }: Hand): Purpose =>
  draw.oneIn(4) ? (draw.oneIn(2) ? 'IMMINENT_THREAT' : 'INTELLIGENCE') : purpose;

export async function use(town: Town, hand: Hand): Promise<void> {
  const { holder, thing } = hand;
  await send(town, makeUse(holder, thing.item.digest, town.desk(), { ...spoken(town, holder), purpose: purposeOf(town, hand) }), holder);
}
