/** An item's label as it stands: what was signed, what was said of it since, and what was added to whatever it is made from. */
import type { AuthorityId, Digest } from '../../domain/ids.js';
import type { Label } from '../../domain/label.js';
import { additionsTo, labelNow, type LoggedChange, type Made } from '../../domain/made-from.js';
import { closePurposes } from '../../domain/profiles/index.js';
import type { ProfileId } from '../../domain/vocabulary.js';
import type { ItemFacts } from '../../policies/facts.js';
import type { Item, Library, Volume } from '../read/library.js';
import { everHeld, type Found } from './holders.js';

export interface LabelNow {
  readonly label: Label;
  readonly labelEpoch: number;
  readonly retractedBy: AuthorityId | null;
  readonly tightened: ItemFacts['tightened'];
}

/** On which profile it was given; null: by no envelope. */
export const profileOf = ({ statement }: Volume): ProfileId | null =>
  statement.typ === 'parley-envelope+json' ? statement.payload.profile : null;

/** What an item is made from. Nobody makes anything from what it does not hold: such a source looks like one that does not exist. */
export const sourcesOf = ({ payload }: Item, library: Library): Promise<Found | null>[] =>
  payload.derivedFrom.map(async (digest) => {
    const source = await library.item(digest);
    return source !== null && (await everHeld(payload.issuer, source, library)) ? source : null;
  });

/** All that an item is made from, however many steps away: each once, the nearest first, whichever ways lead to it. */
export interface Ancestry {
  readonly sources: readonly Found[];
  /** no source on any way is unknown */
  readonly isWhole: boolean;
}

export async function ancestryOf(item: Item, library: Library): Promise<Ancestry> {
  const sources = new Map<Digest, Found>();
  let isWhole = true;
  // a Map is walked in the order of insertion, what is added on the way included
  const add = async (made: Item): Promise<void> => {
    for (const source of await Promise.all(sourcesOf(made, library)))
      if (source === null) isWhole = false;
      else if (!sources.has(source.item.digest)) sources.set(source.item.digest, source);
  };
  await add(item);
  for (const source of sources.values()) await add(source.item);
  return { sources: [...sources.values()], isWhole };
}

/** What each of a graph's items is made from, read once, whichever way leads to it. */
type Known = Map<Digest, Promise<Made>>;

/** A source's purposes are closed under the profile it was given on, as rulings 3 want before the intersection. */
const closed = (label: Label, givenOn: ProfileId | null): Label => ({ ...label, purposes: closePurposes(label.purposes, givenOn) });

const changesOf = async (item: Digest, library: Library): Promise<readonly LoggedChange[]> =>
  (await library.linkedOf('label', item, 'parley-label+json')).map(({ volume, statement }) => ({
    ...statement.payload,
    logIndex: volume.stored.index,
  }));

function sourceMade(found: Found, library: Library, known: Known): Promise<Made> {
  const before = known.get(found.item.digest);
  if (before !== undefined) return before;
  const made = readSource(found, library, known);
  known.set(found.item.digest, made);
  return made;
}

async function readSource({ item, volume }: Found, library: Library, known: Known): Promise<Made> {
  const givenOn = profileOf(volume);
  const changes = await changesOf(item.digest, library);
  return {
    label: closed(item.payload.label, givenOn),
    logIndex: volume.stored.index,
    changes: changes.map((one) => (one.label === undefined ? one : { ...one, label: closed(one.label, givenOn) })),
    sources: await sourcesMade(item, library, known),
  };
}

async function sourcesMade(item: Item, library: Library, known: Known): Promise<readonly Made[]> {
  const found = await Promise.all(sourcesOf(item, library));
  return Promise.all(found.flatMap((source) => (source === null ? [] : [sourceMade(source, library, known)])));
}

/** @param volume what carried it first; null: it comes now */
export async function readLabel(item: Item, volume: Volume | null, library: Library): Promise<LabelNow> {
  const logIndex = volume?.stored.index ?? Infinity;
  const changes = volume === null ? [] : await changesOf(item.digest, library);
  const made: Made = { label: item.payload.label, logIndex, changes, sources: await sourcesMade(item, library, new Map()) };
  const additions = additionsTo(made);
  const takenBack = changes.filter(({ change }) => change === 'RETRACT').map(({ originator: by, logIndex: at }) => ({ by, logIndex: at }));
  return {
    label: labelNow(made, additions),
    labelEpoch: changes.length,
    retractedBy: takenBack.at(-1)?.by ?? null,
    // what lifts or corrects beats no grant
    tightened: [...additions.map(({ by, logIndex: at }) => ({ by, logIndex: at })), ...takenBack],
  };
}

/** The label of a source, as its extracts must bear it. */
export async function sourceLabel(found: Found | null, library: Library): Promise<Label | null> {
  if (found === null) return null;
  const made = await sourceMade(found, library, new Map());
  return labelNow(made, additionsTo(made));
}

/** All that items are made from, however many steps away, and they themselves. */
export async function lineageOf(items: readonly Digest[], library: Library): Promise<readonly Digest[]> {
  const all = new Set(items);
  // a Set is walked in the order of insertion, what is added on the way included
  for (const digest of all) for (const source of (await library.item(digest))?.item.payload.derivedFrom ?? []) all.add(source);
  return [...all];
}

/** Label statements about what it is made from that came after it, in log order: a reader's client sees what they add. */
export async function laterOfSources({ item, volume }: Found, library: Library): Promise<readonly Volume[]> {
  const [, ...sources] = await lineageOf([item.digest], library);
  const said = await Promise.all(sources.map((source) => library.linked('label', source)));
  return said
    .flat()
    .filter(({ stored }) => stored.index > volume.stored.index)
    .sort((a, b) => a.stored.index - b.stored.index);
}
