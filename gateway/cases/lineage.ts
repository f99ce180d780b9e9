/** What items are made from, step by step, each item looked at once however many ways lead to it. */
import type { Digest } from '../../domain/ids.js';
import type { Label } from '../../domain/label.js';
import { ANCESTORS_MAX, type LeftOut, type LoggedChange, type Made } from '../../domain/made-from.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import type { Gathering } from '../plan.js';
import type { Item, Library } from '../read/library.js';
import type { Found } from './holders.js';
import { onceHeld } from './known-to.js';

/** What one decision has read of a statement's items. Made after the versions that the decision rests on were read, and kept no longer. */
export interface Known {
  readonly sources: Map<Digest, Promise<readonly (Found | null)[]>>;
  /** by who makes something from it, and its digest; null: that one never had it */
  readonly held: Map<string, Promise<Found | null>>;
  readonly changes: Map<Digest, Promise<readonly LoggedChange[]>>;
  readonly made: Map<Digest, Promise<Made>>;
  /** of sources, as whatever is made from them must bear it */
  readonly labels: Map<Digest, Promise<Label>>;
  readonly leftOut: Map<Made, LeftOut>;
}

export const createKnown = (): Known => ({
  sources: new Map(),
  held: new Map(),
  changes: new Map(),
  made: new Map(),
  labels: new Map(),
  leftOut: new Map(),
});

/** As if this were made from nothing. */
export function withoutSources(item: Digest): Known {
  const known = createKnown();
  known.sources.set(item, Promise.resolve([]));
  return known;
}

/** What `read` gives, which is asked once. */
export function once<K, V>(known: Map<K, Promise<V>>, key: K, read: () => Promise<V>): Promise<V> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const now = read();
  known.set(key, now);
  return now;
}

/** What an item is made from. Nobody makes anything from what it does not hold: such a source looks like one that does not exist. */
export function sourcesOf({ digest: made, payload }: Item, library: Library, known: Known): Promise<readonly (Found | null)[]> {
  const sourceOf = (digest: Digest): Promise<Found | null> =>
    once(known.held, `${payload.issuer} ${digest}`, () => onceHeld(payload.issuer, digest, library));
  return once(known.sources, made, () => Promise.all(payload.derivedFrom.map(sourceOf)));
}

/** All that an item is made from, however many steps away: each once, the nearest first, whichever ways lead to it. */
export interface Ancestry {
  readonly sources: readonly Found[];
  /** no source on any way is unknown */
  readonly isWhole: boolean;
}

/** @param endsAt what lies behind such a source is not looked at */
export async function ancestryOf(
  item: Item,
  library: Library,
  known: Known,
  endsAt: (source: Found) => boolean = () => false,
): Promise<Ancestry> {
  const sources = new Map<Digest, Found>();
  let isWhole = true;
  const add = async (made: Item): Promise<void> => {
    for (const source of await sourcesOf(made, library, known))
      if (source === null) isWhole = false;
      else if (!sources.has(source.item.digest)) sources.set(source.item.digest, source);
  };
  await add(item);
  // a Map is walked in the order of insertion, what is added on the way included
  for (const source of sources.values()) if (!endsAt(source)) await add(source.item);
  return { sources: [...sources.values()], isWhole };
}

/**
 * All that items are made from, however many steps away, and they themselves.
 * @param max where it stops looking, once there are more
 */
export async function lineageOf(items: readonly Digest[], library: Library, max = Infinity): Promise<readonly Digest[]> {
  const all = new Set(items);
  for (const digest of all) {
    if (all.size > max) break;
    for (const source of (await library.item(digest))?.item.payload.derivedFrom ?? []) all.add(source);
  }
  return [...all];
}

/**
 * All that items which come now are made from. What their maker was never given is one more that does not exist: what lies behind it, and
 * how much, is not told.
 */
export async function reachOf(items: readonly Item[], library: Library, max = Infinity): Promise<readonly Digest[]> {
  const named = new Set(items.flatMap(({ payload }) => payload.derivedFrom));
  if (named.size > max) return [...named];
  const known = createKnown();
  const found = await Promise.all(items.map((item) => sourcesOf(item, library, known)));
  const held = found.flat().flatMap((source) => (source === null ? [] : [source.item.digest]));
  return [...new Set([...named, ...(await lineageOf(held, library, max))])];
}

/** Are items that come now made from more than those can look at who decide about them later? */
export async function overmade(items: readonly Item[], library: Library): Promise<Refusal | null> {
  return (await reachOf(items, library, ANCESTORS_MAX)).length > ANCESTORS_MAX
    ? refusal('LIMIT_REACHED', `what comes with one statement is made from at most ${ANCESTORS_MAX} items, all steps together`)
    : null;
}

/** Items that those of one decision are made from, all steps together: each is read, and nothing may have been said of it when it is committed. */
const SOURCES_MAX = 1_024;
/** What may have been said of these since: each word is weighed against each of the items [D]. */
const WORDS_MAX = 1_000;

/**
 * Is more behind items, or was more said of that, than a decision about them can weigh? Not asked where an item is taken back, or deleted.
 *
 * @param items that the author of the statement may know of
 * @param reach what comes now is made from
 */
export async function overlong(
  items: readonly Digest[],
  { library, store }: Pick<Gathering, 'library' | 'store'>,
  reach: readonly Digest[] = [],
): Promise<Refusal | null> {
  const own = new Set(items);
  const behind = (await lineageOf(items, library, own.size + SOURCES_MAX)).filter((digest) => !own.has(digest));
  const sources = [...new Set([...behind, ...reach])];
  if (sources.length > SOURCES_MAX)
    return refusal('LIMIT_REACHED', `what one statement is about is made from at most ${SOURCES_MAX} items`);
  const said = sources.length === 0 ? [] : await store.links('label', sources, WORDS_MAX + 1);
  return said.length > WORDS_MAX
    ? refusal('LIMIT_REACHED', `of what it is made from more was said than ${WORDS_MAX} label statements: take it back, and make it anew`)
    : null;
}
