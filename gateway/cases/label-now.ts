/** An item's label as it stands: what was signed, what was said of it since, and what was added to whatever it is made from. */
import type { AuthorityId, Digest } from '../../domain/ids.js';
import type { Label } from '../../domain/label.js';
import { additionsTo, labelNow, purposesNow, type Addition, type LoggedChange, type Made } from '../../domain/made-from.js';
import { speakersOf } from '../../domain/label-change.js';
import { closePurposes } from '../../domain/profiles/index.js';
import type { ProfileId, Purpose } from '../../domain/vocabulary.js';
import type { ItemFacts } from '../../policies/facts.js';
import type { Item, Library, Volume } from '../read/library.js';
import type { Gathering } from '../plan.js';
import type { Found } from './holders.js';
import { createKnown, lineageOf, once, overlong, sourcesOf, type Known } from './lineage.js';

export interface LabelNow {
  readonly label: Label;
  /**
   * Each originator learns what happened to what it gave, and may speak of it. A name that its issuer's label has gave it, and nobody else's
   * word makes it so: else whoever gave a source, or shares an extract, would show a stranger what others do with their own.
   */
  readonly told: readonly AuthorityId[];
  readonly labelEpoch: number;
  readonly retractedBy: readonly AuthorityId[];
  readonly tightened: ItemFacts['tightened'];
}

/** On which profile it was given; null: by no envelope. */
export const profileOf = ({ statement }: Volume): ProfileId | null =>
  statement.typ === 'parley-envelope+json' ? statement.payload.profile : null;

/**
 * A source's purposes are closed under the profile it was given on, as rulings 3 want before the intersection: by what all of its own
 * sources allow, and by nothing more.
 */
const closed = (label: Label, givenOn: ProfileId | null, floors: readonly (readonly Purpose[])[]): Label => ({
  ...label,
  purposes: closePurposes(label.purposes, givenOn).filter(
    (purpose) => label.purposes.includes(purpose) || floors.every((purposes) => purposes.includes(purpose)),
  ),
});

/** What was said of its label, in log order. */
export const changesOf = (item: Digest, library: Library, known: Known): Promise<readonly LoggedChange[]> =>
  once(known.changes, item, async () =>
    (await library.linkedOf('label', item, 'parley-label+json')).map(({ volume, statement }) => ({
      ...statement.payload,
      logIndex: volume.stored.index,
    })),
  );

const sourceMade = (found: Found, library: Library, known: Known): Promise<Made> =>
  once(known.made, found.item.digest, () => readSource(found, library, known));

async function readSource({ item, volume }: Found, library: Library, known: Known): Promise<Made> {
  const givenOn = profileOf(volume);
  const changes = await changesOf(item.digest, library, known);
  const sources = await sourcesMade(item, library, known);
  const floors = sources.map((source) => purposesNow(source, known.leftOut));
  return {
    label: closed(item.payload.label, givenOn, floors),
    logIndex: volume.stored.index,
    changes: changes.map((one) => (one.label === undefined ? one : { ...one, label: closed(one.label, givenOn, floors) })),
    sources,
  };
}

async function sourcesMade(item: Item, library: Library, known: Known): Promise<readonly Made[]> {
  const found = await sourcesOf(item, library, known);
  return Promise.all(found.flatMap((source) => (source === null ? [] : [sourceMade(source, library, known)])));
}

const tighteningOf = ({ by, logIndex, label: { caveats } }: Addition): ItemFacts['tightened'][number] => ({
  by,
  logIndex,
  caveats: caveats.flatMap((caveat) => (caveat.by === by ? [caveat.code] : [])),
});

/** @param volume what carried it first; null: it comes now */
export async function readLabel(item: Item, volume: Volume | null, library: Library, known: Known): Promise<LabelNow> {
  const logIndex = volume?.stored.index ?? Infinity;
  const changes = volume === null ? [] : await changesOf(item.digest, library, known);
  const made: Made = { label: item.payload.label, logIndex, changes, sources: await sourcesMade(item, library, known) };
  const additions = additionsTo(made);
  const takenBack = changes
    .filter(({ change }) => change === 'RETRACT')
    .map(({ originator: by, logIndex: at }) => ({ by, logIndex: at, caveats: [] }));
  return {
    label: labelNow(made, additions),
    told: speakersOf(item.payload, changes),
    labelEpoch: changes.length,
    retractedBy: takenBack.map(({ by }) => by),
    // what lifts or corrects beats no grant
    tightened: [...additions.map(tighteningOf), ...takenBack],
  };
}

/** Whom its issuer named as an originator, then or later: each is told of what becomes of it, whatever it is made from. */
export const toldOf = async ({ item }: Found, library: Library): Promise<readonly AuthorityId[]> =>
  speakersOf(item.payload, await changesOf(item.digest, library, createKnown()));

/**
 * Whom its label names now, whoever added it: each hears what goes past its consent (section 12), which whoever added it hears too. Of all else
 * it is told by its issuer’s word alone; and where more was said behind the item than can be weighed, of this as well.
 */
export async function originatorsNow(
  found: Found,
  { library, store }: Pick<Gathering, 'library' | 'store'>,
): Promise<readonly AuthorityId[]> {
  if ((await overlong([found.item.digest], { library, store })) !== null) return toldOf(found, library);
  return (await readLabel(found.item, found.volume, library, createKnown())).label.originators;
}

/**
 * Who hears what a holder says of it: its originators, and whose caveat its label had first. CONFIDENTIAL_FACT may be the requester's, who
 * is no originator; what was added to a source since makes nobody one of this.
 */
export const heardBy = async (found: Found, library: Library): Promise<readonly AuthorityId[]> => [
  ...(await toldOf(found, library)),
  ...found.item.payload.label.caveats.map(({ by }) => by),
];

/** The label of a source, as its extracts must bear it. */
export async function sourceLabel(found: Found | null, library: Library, known: Known): Promise<Label | null> {
  if (found === null) return null;
  return once(known.labels, found.item.digest, async () => {
    const made = await sourceMade(found, library, known);
    return labelNow(made, additionsTo(made));
  });
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
