/**
 * Whoever decides about an item reads all that was said of it and done with it. So each party may add so much and no more: what one
 * adds then stands in nobody else's way, and no list grows longer than its parties are many.
 */
import { decodeDigest } from '../../crypto/merkle/digests.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import type { Link, LinkKind, Store } from '../../domain/ports.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { Statement } from '../../domain/statement.js';
import type { Gathering, Plan } from '../plan.js';
import { reachOf } from '../cases/lineage.js';
import type { Item, Volume } from '../read/library.js';

/** Statements of one sort that one authority adds under one key; `derived`: items, of which one statement brings many. A kind that is not here and not counted below is read whole by few. */
export const EACH_MAX: Partial<Readonly<Record<LinkKind, { readonly max: number; readonly what: string }>>> = {
  held: { max: 200, what: 'gives one item' },
  derived: { max: 256, what: 'makes something from one item' },
  consent: { max: 200, what: 'decides on consents to one item' },
  label: { max: 100, what: 'changes the label of one item' },
  added: { max: 200, what: 'makes one authority an originator' },
  answer: { max: 50, what: 'answers for one item' },
  verification: { max: 200, what: 'confirms one item' },
  notice: { max: 200, what: 'gives notice of one item' },
  word: { max: 20, what: 'speaks on one notice' },
};

/** What nobody reads whole who decides, and pruning does once: counted as it comes, and of what comes at once a few more may fit. */
export const COUNTED_MAX: Partial<Readonly<Record<LinkKind, { readonly max: number; readonly what: string }>>> = {
  access: { max: 10_000, what: 'reads one item' },
  use: { max: 10_000, what: 'records its uses of one item' },
};

/** Whoever looks at a request for consent is shown all that was answered to it, each with its receipt: counted as those are. */
const ANSWERS_MAX = 256;

/** Retracting stays possible after any number of added caveats, granting after any number of refusals. */
const sortOf = ({ typ, payload }: Statement): string => ('change' in payload ? payload.change : typ);

/** With the longest code of an authority a key has 112 characters, and the store takes 120. */
const shortOf = (sort: string): string => sort.replace(/^parley-|\+json$/g, '');

const madeFrom = ({ items }: Volume, source: string): number =>
  // a refusal's text is one
  Math.max(1, [...items.values()].filter(({ payload }) => payload.derivedFrom.some((digest) => digest === source)).length);

type Guards = Pick<Plan, 'expects' | 'bumps'>;
type Shelf = Pick<Gathering, 'library' | 'store'>;

/**
 * Each statement that counts takes one of `max` places, which the commit finds free: however many come at once, no more fit. Two of one
 * author are in each other's way only where they try the same place, and then the later one is decided anew.
 *
 * @returns the first free place from where the statement's digest points; null: every place is taken
 */
async function freePlace(prefix: string, digest: Digest, max: number, store: Pick<Store, 'version'>): Promise<string | null> {
  const first = decodeDigest(digest).reduce((sum, byte) => (sum * 256 + byte) % max, 0);
  for (let n = 0; n < max; n += 1) {
    const place = `${prefix} ${(first + n) % max}`;
    if ((await store.version(place)) === 0) return place;
  }
  return null;
}

/**
 * Statements by which one authority makes something from one item, all steps together: a word on that item looks for everybody who has any of
 * it, and its originator is to take it back however much was made [D].
 */
export const MADE_MAX = 256;

/** @param items that come with the statement */
async function madeAlong(author: AuthorityId, items: readonly Item[], { library, store }: Shelf): Promise<Result<Guards, Refusal>> {
  const expects: { key: string; version: number }[] = [];
  for (const source of await reachOf(items, library)) {
    const key = `quota made ${source} ${author}`;
    const version = await store.version(key);
    if (version >= MADE_MAX)
      return no(
        refusal(
          'LIMIT_REACHED',
          `an authority makes something from one item by at most ${MADE_MAX} statements, all steps together: ${source}`,
        ),
      );
    expects.push({ key, version });
  }
  return ok({ expects, bumps: expects.map(({ key }) => key) });
}

/** @returns keys that the commit raises, each by one */
async function counting(
  statement: Statement,
  author: AuthorityId,
  links: readonly Link[],
  { store }: Pick<Shelf, 'store'>,
): Promise<Result<string[], Refusal>> {
  const ofItems = links.flatMap(({ kind, key }) => {
    const each = COUNTED_MAX[kind];
    const wayOn = 'whoever needs it longer asks its originator for an item of its own';
    return each === undefined ? [] : [{ ...each, key, guard: `quota ${kind} ${key} ${author}`, wayOn }];
  });
  const ofRequests = [answeredBy(statement) ?? []].flat().map((key) => {
    const guard = `quota answers ${key} ${author} ${shortOf(sortOf(statement))}`;
    return { max: ANSWERS_MAX, what: 'answers one request for consent', key, guard, wayOn: 'another request has room of its own' };
  });
  const counted = [...ofItems, ...ofRequests];
  for (const { guard, max, what, key, wayOn } of counted)
    if ((await store.version(guard)) >= max)
      return no(refusal('LIMIT_REACHED', `an authority ${what} at most ${max} times: ${key}; ${wayOn}`));
  return ok(counted.map(({ guard }) => guard));
}

const answeredBy = ({ typ, payload }: Statement): string | undefined =>
  typ === 'parley-consent+json' || typ === 'parley-consent-refusal+json' ? payload.request : undefined;

/**
 * @param links what accepting `statement` of `author` would write
 * @returns what the commit has to find and to raise; a refusal `LIMIT_REACHED` where its author has said so much already
 */
export async function withinQuota(
  statement: Statement,
  author: AuthorityId,
  links: readonly Link[],
  { library, store, parsed }: Shelf & Pick<Gathering, 'parsed'>,
): Promise<Result<Guards, Refusal>> {
  const fresh = new Set(links.filter(({ kind }) => kind === 'item').map(({ key }) => key));
  const counted = links.flatMap(({ kind, key }) => {
    const each = EACH_MAX[kind];
    // about what comes with this very statement, nobody has said anything yet
    return each === undefined || fresh.has(key) ? [] : [{ kind, key, ...each }];
  });
  const expects: { key: string; version: number }[] = [];
  for (const { kind, key, max, what } of new Map(counted.map((one) => [`${one.kind} ${one.key}`, one])).values()) {
    const guard = `quota ${kind} ${key} ${author} ${shortOf(sortOf(statement))}`;
    // read before what it guards
    const version = kind === 'derived' ? await store.version(guard) : 0;
    const before = await library.linked(kind, key);
    const own = before.filter((volume) => volume.stored.author === author && sortOf(volume.statement) === sortOf(statement));
    const said = kind === 'derived' ? own.reduce((sum, volume) => sum + madeFrom(volume, key), 0) : own.length;
    const added = kind === 'derived' ? links.filter((link) => link.kind === kind && link.key === key).length : 1;
    // one statement brings many items: they are counted under one guard, and two at once are decided one after the other
    const place = said + added > max ? null : kind === 'derived' ? guard : await freePlace(guard, statement.digest, max, store);
    if (place === null) return no(refusal('LIMIT_REACHED', `an authority ${what} at most ${max} times: ${key}`));
    expects.push({ key: place, version });
  }
  const raised = await counting(statement, author, links, { store });
  if (!raised.ok) return raised;
  const items = parsed.items.map((item) => item.statement);
  const along = await madeAlong(author, items, { library, store });
  if (!along.ok) return along;
  expects.push(...along.value.expects);
  return ok({ expects, bumps: [...expects.map(({ key }) => key), ...raised.value] });
}
