/** Items that travel: what they are made from, who is behind them, and what whoever handed them on added. */
import type { Digest } from '../../domain/ids.js';
import type { Actor } from '../support/actors.js';
import type { Purpose } from '../../domain/vocabulary.js';
import { labelOf, makeItem, type Desk, type Item } from '../support/letters.js';
import type { Draw } from './process.js';
import type { Asked } from './town.js';

export interface Caveat {
  readonly code: string;
  readonly by: string;
  readonly limit?: string;
}

export interface Thing {
  readonly item: Item;
  readonly originators: readonly Actor[];
  readonly sources: readonly Thing[];
  /** what its originators said of it, or of what it is made from, is found anew each time: somebody may just be saying more */
  caveats: readonly Caveat[];
  labelEpoch: number;
}

/** A thing in somebody's hands. */
export interface Hand {
  readonly thing: Thing;
  readonly holder: Actor;
  /** the envelope or release that gave it */
  readonly via: Digest;
  /** by those who handed it on */
  readonly added: readonly Caveat[];
  /** it was handed on for */
  readonly purpose?: Purpose;
  /** it answers */
  readonly answers?: Asked;
  /** by whoever handed it on */
  readonly isReleased?: true;
}

export const noThirdParty = ({ id: by }: Actor): Caveat => ({ code: 'NO_THIRD_PARTY', by });
export const notForEvidence = ({ id: by }: Actor): Caveat => ({ code: 'NOT_FOR_EVIDENCE', by });
/** of the request, by who made it */
export const confidential = ({ id: by }: Actor): Caveat => ({ code: 'CONFIDENTIAL_FACT', by });
/** what a holder adds */
export const noAction = ({ id: by }: Actor): Caveat => ({ code: 'ACTION_LIMIT', by, limit: 'NONE' });

const unique = <T>(all: readonly T[], keyOf: (one: T) => string): readonly T[] => [
  ...new Map(all.map((one) => [keyOf(one), one])).values(),
];
const distinct = (caveats: readonly Caveat[]): readonly Caveat[] => unique(caveats, ({ code, by }) => `${code} ${by}`);

export const caveatsOn = ({ caveats, sources }: Thing): readonly Caveat[] => distinct([...caveats, ...sources.flatMap(caveatsOn)]);

export const labelWith = ({ originators }: Pick<Thing, 'originators'>, caveats: readonly Caveat[], over: object = {}): object =>
  labelOf(originators[0]!, { originators: originators.map(({ id }) => id).sort(), caveats: distinct(caveats), ...over });

/** What an officer found itself. */
export async function found(me: Actor, reader: Actor, desk: Desk): Promise<Thing> {
  const item = await makeItem(me, [reader, me], 'what was found', desk);
  return { item, originators: [me], sources: [], caveats: [noThirdParty(me)], labelEpoch: 0 };
}

/** What is made from something that another gave; now and then one behind it is not named, or what is on it is left out. */
export async function quoted(me: Actor, reader: Actor, { thing, added }: Hand, draw: Draw, desk: Desk): Promise<Thing> {
  const behind = draw.oneIn(8) ? [] : thing.originators;
  const borne = draw.oneIn(8) ? [] : [...caveatsOn(thing), ...added];
  const originators = unique([me, ...behind], ({ id }) => id);
  const caveats = distinct([noThirdParty(me), ...borne]);
  const over = { label: labelWith({ originators }, caveats), kind: 'EXTRACT', derivedFrom: [thing.item.digest] };
  return { item: await makeItem(me, [reader, me], 'as another wrote', desk, over), originators, sources: [thing], caveats, labelEpoch: 0 };
}
