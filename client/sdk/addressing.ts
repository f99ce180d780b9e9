/** As what two authorities write to each other on a profile: what the directory, as this client verified it, has of both. */
import { hasType, type Authority } from '../../domain/authority.js';
import { parseAuthorityId, type AuthorityId } from '../../domain/ids.js';
import { EITHER_WAY } from '../../domain/profiles/create-profile.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { Pair } from '../../domain/profiles/profile.js';
import type { AuthorityType, ExchangeType, ProfileId } from '../../domain/vocabulary.js';
import type { ClientContext } from './context.js';
import type { DirectoryView } from './directory.js';
import { ParleyError } from './error.js';

export interface Addressing {
  readonly profile: ProfileId;
  readonly type: ExchangeType;
  readonly to: AuthorityId;
  /** chosen already; absent: whichever fits */
  readonly fromType?: AuthorityType;
  readonly toType?: AuthorityType;
}

export interface AddressedAs {
  readonly fromType: AuthorityType;
  readonly toType: AuthorityType;
}

/** @throws ParleyError `NO_SUCH_AUTHORITY` for one that the directory does not have, or whose row is not believed */
export function authorityIn({ directory, doubts }: DirectoryView, code: AuthorityId): Authority {
  const found = directory.authorities.get(code);
  if (found !== undefined) return found;
  const doubt = doubts.find(({ authority }) => authority === code);
  const why = doubt === undefined ? `The directory has no ${code}.` : `The directory’s row of ${code} is not believed: ${doubt.why}.`;
  throw new ParleyError('NO_SUCH_AUTHORITY', why, 'See those it has: parley directory list');
}

/** Those that it declares itself as, of those that it is designated as. */
export const typesOf = (authority: Authority): readonly AuthorityType[] =>
  authority.entry === null ? authority.designatedTypes : authority.designatedTypes.filter((type) => hasType(authority, type));

/**
 * As what an authority receives: as it was said, or as the one type that it has.
 *
 * @param to an authority, or a private party, which has no type
 * @throws ParleyError `NO_SUCH_AUTHORITY`; `TYPE_NOT_SAID` for one of several types, of which none was said
 */
export function receivingType(view: DirectoryView, to: string, said?: AuthorityType): AuthorityType | undefined {
  const code = parseAuthorityId(to);
  if (!code.ok) return said;
  const types = typesOf(authorityIn(view, code.value));
  if (said !== undefined) return said;
  if (types.length > 1)
    throw new ParleyError(
      'TYPE_NOT_SAID',
      `${to} is of several types, and may receive as one what it may not as another.`,
      `Say which: ${types.map((type) => `--to-type ${type}`).join(', or ')}`,
    );
  return types[0];
}

/** The draft with the type that it left out, where its reader has one. */
export async function withType<T extends { readonly to: string; readonly toType?: AuthorityType }>(
  { directory }: ClientContext,
  draft: T,
): Promise<T> {
  const toType = receivingType(await directory(), draft.to, draft.toType);
  return toType === undefined ? draft : { ...draft, toType };
}

/** @returns null where no pair of the profile joins the two, as what they are or as what was chosen */
export async function typesBetween({ directory, identity }: ClientContext, wanted: Addressing): Promise<AddressedAs | null> {
  const view = await directory();
  const [own, other] = [authorityIn(view, identity.authority), authorityIn(view, wanted.to)];
  const isOneState = own.entry !== null && own.entry.territory === other.entry?.territory;
  const { pairs, domestic } = PROFILES[wanted.profile];
  const chosen = (side: readonly AuthorityType[], has: readonly AuthorityType[], type: AuthorityType | undefined) =>
    side.find((one) => has.includes(one) && (type === undefined || type === one));
  const found = pairs
    .filter((pair) => (pair.on === undefined || pair.on.includes(wanted.type)) && (isOneState || !(domestic || pair.domestic === true)))
    .flatMap((pair): Pick<Pair, 'from' | 'to'>[] => [pair, ...(EITHER_WAY.has(wanted.type) ? [{ from: pair.to, to: pair.from }] : [])])
    .map(({ from, to }) => ({
      fromType: chosen(from, typesOf(own), wanted.fromType),
      toType: chosen(to, typesOf(other), wanted.toType),
    }))
    .find((one): one is AddressedAs => one.fromType !== undefined && one.toType !== undefined);
  return found ?? null;
}
