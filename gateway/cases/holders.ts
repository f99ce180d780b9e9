/**
 * Who holds an item, and as which of its types: by issuing it, by an envelope, by a release; and no more once it has certified its deletion.
 *
 * @see docs/decisions/0033-one-body-in-two-roles.md
 */
import { consentsIn, isReseal } from '../../domain/basis.js';
import type { HandedOn } from '../../domain/handed-on.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import type { StatementOf } from '../../domain/statement.js';
import type { AuthorityType } from '../../domain/vocabulary.js';
import type { Item, Library, Volume } from '../read/library.js';

export type Found = { readonly volume: Volume; readonly item: Item };

/** As which type the issuer gave it; null: not by an envelope. */
export const givenAsIn = ({ statement }: Volume): AuthorityType | null =>
  statement.typ === 'parley-envelope+json' ? statement.payload.fromType : null;

/** Whoever certified that it deleted the item holds it no more, unless it was given it again afterwards. */
const deletedIn = (answers: readonly Volume[]): ReadonlyMap<AuthorityId, number> =>
  new Map(
    answers.flatMap(({ statement, stored }) =>
      statement.typ === 'parley-deletion+json' ? [[statement.payload.holder, stored.index] as const] : [],
    ),
  );

export const deletedAt = async (item: Digest, library: Library): Promise<ReadonlyMap<AuthorityId, number>> =>
  deletedIn(await library.linked('answer', item));

/** As which of its types somebody acts; null: it does not say, and acts as whichever it has the item as. */
export type Role = AuthorityType | null;

interface Standing {
  readonly to: AuthorityId;
  /** as which type it was given it; null: the text of a refusal, which is given to no type */
  readonly as: AuthorityType | null;
  readonly by: Volume['statement'];
  readonly logIndex: number;
}

/** What gave it to somebody who still has it, in log order. */
const standingIn = (given: readonly Volume[], deleted: ReadonlyMap<AuthorityId, number>): readonly Standing[] =>
  given.flatMap(({ statement, stored }) => {
    const to = givenTo(statement);
    return to === null || stored.index < (deleted.get(to) ?? -1)
      ? []
      : [{ to, as: givenAsTo(statement), by: statement, logIndex: stored.index }];
  });

const standing = async (item: Digest, library: Library): Promise<readonly Standing[]> =>
  standingIn(await library.linked('held', item), await deletedAt(item, library));

/** Does the issuer still have what it issued? */
const keepsOwn = async ({ item, volume }: Found, library: Library): Promise<boolean> =>
  volume.stored.index > ((await deletedAt(item.digest, library)).get(item.payload.issuer) ?? -1);

const isTo =
  (who: AuthorityId, role: Role) =>
  ({ to, as }: Standing): boolean =>
    to === who && (role === null || as === null || as === role);

/** As which types its issuer gave it by envelopes: these are its alone. */
const givenAs = async ({ item }: Found, library: Library): Promise<readonly AuthorityType[]> =>
  (await library.linkedOf('held', item.digest, 'parley-envelope+json')).map(({ statement }) => statement.payload.fromType);

/** Is it what `who` gave as this type, or by no envelope, and has it never deleted it? */
async function isOwn(who: AuthorityId, found: Found, library: Library, role: Role): Promise<boolean> {
  if (found.item.payload.issuer !== who || !(await keepsOwn(found, library))) return false;
  if (role === null) return true;
  const types = await givenAs(found, library);
  return types.length === 0 || types.includes(role);
}

/**
 * As which types does `who` hold it: those it was given it as, and those it gave it as itself.
 * @returns empty: it does not hold it, or not in this role
 */
export async function heldAs(who: AuthorityId, found: Found, library: Library, role: Role): Promise<readonly AuthorityType[]> {
  const given = (await standing(found.item.digest, library)).filter(isTo(who, role));
  const own = (await isOwn(who, found, library, role)) ? await givenAs(found, library) : [];
  const types = [...given.map(({ as }) => as), ...own.filter((type) => role === null || type === role)];
  return [...new Set(types.filter((type) => type !== null))];
}

/** The releases by which `who` has it in this role; null: it still has its own or has it by envelope, for as long as the label says. */
export async function heldBy(who: AuthorityId, found: Found, library: Library, role: Role): Promise<readonly HandedOn[] | null> {
  if (await isOwn(who, found, library, role)) return null;
  return releasesAmong((await standing(found.item.digest, library)).filter(isTo(who, role)));
}

/**
 * The releases by which `who` ever had it, deleted or not; null: it is the issuer or had it by envelope. In this role, where it ever had it
 * so: a body that is of another type now is bound by what it was given before.
 */
export async function everHeldBy(who: AuthorityId, { item }: Found, library: Library, role: Role): Promise<readonly HandedOn[] | null> {
  if (item.payload.issuer === who) return null;
  const given = standingIn(await library.linked('held', item.digest), new Map()).filter(isTo(who, null));
  const inRole = given.filter(isTo(who, role));
  return releasesAmong(inRole.length > 0 ? inRole : given);
}

/** As which of its types `who` ever had it, deleted or not; null among them: as none. */
export async function everHeldAs(who: AuthorityId, found: Found, library: Library): Promise<ReadonlySet<AuthorityType | null>> {
  const given = standingIn(await library.linked('held', found.item.digest), new Map()).filter(isTo(who, null));
  const own = found.item.payload.issuer === who ? await givenAs(found, library) : [];
  return new Set([...given.map(({ as }) => as), ...own]);
}

/** By what `who` has what it makes something from now; where it has deleted that, by what it ever had it. */
export async function heldWhenMaking(
  who: AuthorityId,
  found: Found,
  library: Library,
  role: AuthorityType,
): Promise<readonly HandedOn[] | null> {
  const now = await heldBy(who, found, library, role);
  return now === null || now.length > 0 ? now : everHeldBy(who, found, library, role);
}

/** Whose caveats the releases name by which `who` was ever handed it, its issuer too: it may have seen them, and keep to them still. */
export async function caveatOwners(who: AuthorityId, { item }: Found, library: Library): Promise<readonly AuthorityId[]> {
  const given = standingIn(await library.linked('held', item.digest), new Map()).filter(({ to }) => to === who);
  const labels = given.flatMap(({ by }) => (by.typ === 'parley-release+json' ? [by.payload.label] : []));
  return [...new Set(labels.flatMap(({ caveats }) => caveats.map(({ by }) => by)))];
}

function releasesAmong(given: readonly Standing[]): readonly HandedOn[] | null {
  const releases = given.flatMap(({ by, logIndex }) => (by.typ === 'parley-release+json' ? [{ ...by.payload, logIndex }] : []));
  return releases.length < given.length
    ? null
    : releases.map(({ logIndex, ...release }) => {
        const { holder, purpose, until, label, basis, disclosed } = release;
        const how = { isReseal: isReseal(release), isPortion: disclosed !== undefined };
        return { holder, purpose, until, label, consents: consentsIn(basis), ...how, logIndex };
      });
}

/** Does `who` hold it in this role: as issuer, as a party to an envelope that carried it, or by a release? */
export async function holds(who: AuthorityId, found: Found, library: Library, role: Role): Promise<boolean> {
  if (await isOwn(who, found, library, role)) return true;
  return (await standing(found.item.digest, library)).some(isTo(who, role));
}

/** Everyone who was given it and has not certified its deletion, its issuer included. */
export const holdersOf = async (found: Found, library: Library): Promise<readonly AuthorityId[]> =>
  holdersIn(found, await library.linked('held', found.item.digest), await library.linked('answer', found.item.digest));

function holdersIn({ item, volume }: Found, given: readonly Volume[], answers: readonly Volume[]): readonly AuthorityId[] {
  const deleted = deletedIn(answers);
  const { issuer } = item.payload;
  const own = volume.stored.index > (deleted.get(issuer) ?? -1) ? [issuer] : [];
  return [...new Set([...own, ...standingIn(given, deleted).map(({ to }) => to)])];
}

/** Everyone who was ever given it, its issuer first. */
export const everyHolder = async ({ item }: Found, library: Library): Promise<readonly AuthorityId[]> => {
  const given = (await library.linked('held', item.digest)).map(({ statement }) => givenTo(statement));
  return [...new Set([item.payload.issuer, ...given.filter((to) => to !== null)])];
};

/** The statement by which `who` has it; of its issuer the one that carried it first. */
export async function gaveIt(who: AuthorityId, found: Found, library: Library): Promise<Digest> {
  const by = (await standing(found.item.digest, library)).findLast(({ to }) => to === who)?.by;
  return by?.digest ?? found.volume.stored.digest;
}

/** Did `holder` release it to `who`? */
export const handedOn = async (holder: AuthorityId, who: AuthorityId, { item }: Found, library: Library): Promise<boolean> =>
  (await standing(item.digest, library)).some(
    ({ to, by }) => to === who && by.typ === 'parley-release+json' && by.payload.holder === holder,
  );

/**
 * Holders of the item and of all that was made from it, step by step: what is taken back is taken back in every extract. All that is one
 * step further is asked about at once, so that the store is asked as often as there are steps.
 */
export async function holdersAlong(found: Found, library: Library): Promise<readonly AuthorityId[]> {
  const seen = new Set<Digest>([found.item.digest]);
  const holders = new Set<AuthorityId>();
  for (let row: readonly Found[] = [found]; row.length > 0;) {
    const digests = row.map(({ item }) => item.digest);
    const [given, answers, derived] = await Promise.all(
      (['held', 'answer', 'derived'] as const).map((kind) => library.linkedTo(kind, digests)),
    );
    for (const one of row) {
      const { digest } = one.item;
      for (const holder of holdersIn(one, given!.get(digest)!, answers!.get(digest)!)) holders.add(holder);
    }
    row = [...derived!.values()].flat().flatMap((volume) => madeIn(volume, digests, seen));
  }
  return [...holders];
}

/** What came with it, is made from one of these, and was not seen before. */
function madeIn(volume: Volume, sources: readonly Digest[], seen: Set<Digest>): readonly Found[] {
  const from = new Set(sources);
  const made = [...volume.items.values()].filter((item) => !seen.has(item.digest) && item.payload.derivedFrom.some((one) => from.has(one)));
  for (const { digest } of made) seen.add(digest);
  return made.map((item) => ({ volume, item }));
}

/** Does this very statement still give it to `who`? Not to whoever certified afterwards that it deleted it. */
export const stillGives = async (via: Volume, item: Digest, who: AuthorityId, library: Library): Promise<boolean> =>
  via.stored.index > ((await deletedAt(item, library)).get(who) ?? -1);

/** Who has one of these items by a release that rests on the consent, and has not certified its deletion. */
export async function releasedOn(consent: Digest, items: readonly Digest[], library: Library): Promise<readonly AuthorityId[]> {
  const readers = new Set<AuthorityId>();
  for (const item of items)
    for (const { volume, statement } of await library.linkedOf('release', item, 'parley-release+json')) {
      const { basis, to } = statement.payload;
      const isOnIt = consentsIn(basis).includes(consent) && isAuthority(to);
      if (isOnIt && (await stillGives(volume, item, to, library))) readers.add(to);
    }
  return [...readers];
}

/** To whom this gave it; null: to nobody of the directory. */
export function givenTo(statement: Volume['statement']): AuthorityId | null {
  if (statement.typ === 'parley-envelope+json') return statement.payload.to;
  if (statement.typ === 'parley-consent-refusal+json') return statement.payload.holder;
  return statement.typ === 'parley-release+json' && isAuthority(statement.payload.to) ? statement.payload.to : null;
}

/** As what this gave it; null: it does not say, or gave it to nobody. */
const givenAsTo = ({ payload }: Volume['statement']): AuthorityType | null => ('toType' in payload ? (payload.toType ?? null) : null);

/** A release to a private party names it as `private:CODE`: such a name is nobody in the directory. */
export const isAuthority = (to: StatementOf<'parley-release+json'>['payload']['to']): to is AuthorityId => !to.startsWith('private:');
