/**
 * Whoever decides about an item reads all that was said of it and done with it. So each party may add so much and no more: what one
 * adds then stands in nobody else's way, and no list grows longer than its parties are many.
 */
import type { AuthorityId } from '../../domain/ids.js';
import type { Link, LinkKind } from '../../domain/ports.js';
import { refusal, type Refusal } from '../../domain/refusal.js';
import type { Statement } from '../../domain/statement.js';
import type { Library, Volume } from '../read/library.js';

/** Statements of one sort that one authority adds under one key; `derived`: items, of which one statement brings many. A kind that is not here is read whole by few: readings by retention and evidence. */
export const EACH_MAX: Partial<Readonly<Record<LinkKind, { readonly max: number; readonly what: string }>>> = {
  held: { max: 200, what: 'gives one item' },
  derived: { max: 256, what: 'makes something from one item' },
  consent: { max: 200, what: 'decides on consents to one item' },
  label: { max: 100, what: 'changes the label of one item' },
  answer: { max: 50, what: 'answers for one item' },
  verification: { max: 200, what: 'confirms one item' },
  word: { max: 20, what: 'speaks on one notice' },
};

/** Retracting stays possible after any number of added caveats, granting after any number of refusals. */
const sortOf = ({ typ, payload }: Statement): string => ('change' in payload ? payload.change : typ);

const madeFrom = ({ items }: Volume, source: string): number =>
  [...items.values()].filter(({ payload }) => payload.derivedFrom.some((digest) => digest === source)).length;

/** @param links what accepting `statement` of `author` would write */
export async function overQuota(
  statement: Statement,
  author: AuthorityId,
  links: readonly Link[],
  library: Library,
): Promise<Refusal | null> {
  const fresh = new Set(links.filter(({ kind }) => kind === 'item').map(({ key }) => key));
  const counted = links.flatMap(({ kind, key }) => {
    const each = EACH_MAX[kind];
    // about what comes with this very statement, nobody has said anything yet
    return each === undefined || fresh.has(key) ? [] : [{ kind, key, ...each }];
  });
  for (const { kind, key, max, what } of new Map(counted.map((one) => [`${one.kind} ${one.key}`, one])).values()) {
    const before = await library.linked(kind, key);
    const own = before.filter((volume) => volume.stored.author === author && sortOf(volume.statement) === sortOf(statement));
    const said = kind === 'derived' ? own.reduce((sum, volume) => sum + madeFrom(volume, key), 0) : own.length;
    const added = kind === 'derived' ? links.filter((link) => link.kind === kind && link.key === key).length : 1;
    if (said + added > max) return refusal('LIMIT_REACHED', `an authority ${what} at most ${max} times: ${key}`);
  }
  return null;
}
