/** Items as the law looks at them now: what was signed, and what was said of it since. */
import type { AuthorityId, Digest, KeyId } from '../../domain/ids.js';
import { hasType, type Directory } from '../../domain/authority.js';
import type { Consent } from '../../domain/consent.js';
import { labelAsHeld, type HandedOn, type Terms } from '../../domain/handed-on.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';
import type { AuthorityType, ProfileId, Suite } from '../../domain/vocabulary.js';
import type { Label } from '../../domain/label.js';
import type { ItemFacts } from '../../policies/facts.js';
import type { Gathering } from '../plan.js';
import type { Item, Library } from '../read/library.js';
import { caveatOwners, everHeldAs, givenAsIn, heldWhenMaking, type Found } from './holders.js';
import { changesOf, profileOf, readLabel, sourceLabel, type LabelNow } from './label-now.js';
import { ancestryOf, createKnown, sourcesOf, type Ancestry, type Known } from './lineage.js';

type CameFrom = ItemFacts['cameFrom'];

/**
 * Who gave it, and who gave what it is made from, each as what. What lies behind something that a body gave came with that, whichever of
 * its types had it before.
 */
async function cameFrom(
  item: Item,
  givenAs: AuthorityType | null,
  { sources }: Ancestry,
  library: Library,
  known: Known,
): Promise<CameFrom> {
  const giverOf = ({ item: { payload }, volume }: Found): CameFrom => originOf(payload.issuer, givenAsIn(volume));
  const own = originOf(item.payload.issuer, givenAs);
  const givers = new Set(sources.flatMap(giverOf).map(({ authority }) => authority));
  for (const { authority } of own) givers.delete(authority);
  const nearest = await Promise.all(
    [...givers].map(async (giver) => {
      const isFromGiver = ({ authority }: CameFrom[number]): boolean => authority === giver;
      const near = await ancestryOf(item, library, known, (source) => giverOf(source).some(isFromGiver));
      return near.sources.flatMap(giverOf).filter(isFromGiver);
    }),
  );
  return [...new Map([...own, ...nearest.flat()].map((one) => [`${one.authority} ${one.authorityType}`, one])).values()];
}

/** @param as null: it was given to no type */
const originOf = (authority: AuthorityId, as: AuthorityType | null): CameFrom => (as === null ? [] : [{ authority, authorityType: as }]);

/** Who took back something that it is made from, however many steps away. */
async function takenBackBy({ sources }: Ancestry, library: Library, known: Known): Promise<readonly AuthorityId[]> {
  const said = await Promise.all(sources.map(({ item }) => changesOf(item.digest, library, known)));
  return said.flat().flatMap(({ change, originator }) => (change === 'RETRACT' ? [originator] : []));
}

/** Is all that it is made from a record open to the public? */
const isOpen = ({ sources, isWhole }: Ancestry): boolean => isWhole && sources.every(({ item }) => item.payload.kind === 'PUBLIC_RECORD');

interface Standing {
  readonly now: LabelNow;
  readonly suites: readonly Suite[];
  readonly givenOn: ProfileId | null;
  readonly givenAs: AuthorityType | null;
}

async function factsOf(item: Item, { now, suites, givenOn, givenAs }: Standing, library: Library, known: Known): Promise<ItemFacts> {
  const { payload } = item;
  const [found, ancestry] = await Promise.all([sourcesOf(item, library, known), ancestryOf(item, library, known)]);
  return {
    digest: item.digest,
    issuer: payload.issuer,
    kind: payload.kind,
    language: payload.language ?? null,
    statedLabel: payload.label,
    ...now,
    retractedBy: [...new Set([...now.retractedBy, ...(await takenBackBy(ancestry, library, known))])],
    sources: await Promise.all(found.map((source) => sourceLabel(source, library, known))),
    sourcesOpen: isOpen(ancestry),
    sourcesComplete: payload.sourcesComplete,
    derivedFrom: payload.derivedFrom,
    handedUnder: [],
    suites,
    form: payload.form === undefined ? null : { schema: payload.form.schema, present: payload.form.present, disclosures: payload.form._sd },
    givenOn,
    cameFrom: await cameFrom(item, givenAs, ancestry, library, known),
  };
}

/**
 * Does the maker know it as others of its types alone, which it still is? These are strangers to the one as which it acts, and what was
 * never handed over to that looks like what does not exist. Whoever is of another type altogether by now goes on with what it had.
 */
async function isOfOtherRole(source: Found, maker: AuthorityId, as: AuthorityType, { library, directory }: Making): Promise<boolean> {
  const body = directory.authorities.get(maker);
  const roles = body === undefined ? [] : body.designatedTypes.filter((type) => type !== as && hasType(body, type));
  if (roles.length === 0) return false;
  const types = await everHeldAs(maker, source, library);
  return !types.has(as) && !types.has(null) && roles.some((type) => types.has(type));
}
type Making = Pick<Gathering, 'library' | 'directory' | 'now'>;

/**
 * An item that comes with this submission for the first time. It bears what its maker's sources bear, as its maker has them.
 * @param givenAs the type that its issuer acts as
 * @param known what was read for the submission's other items
 */
export async function newItemFacts(
  item: Item,
  { suites, givenAs }: { readonly suites: readonly Suite[]; readonly givenAs: AuthorityType },
  making: Making,
  known: Known = createKnown(),
): Promise<ItemFacts> {
  const { library, now: at } = making;
  const now = await readLabel(item, null, library, known);
  const facts = await factsOf(item, { now, suites, givenOn: null, givenAs }, library, known);
  const found = await sourcesOf(item, library, known);
  const asMakerHas = async (label: Label | null, index: number): Promise<Label | null> => {
    const source = found[index] ?? null;
    if (label === null || source === null) return label;
    if (await isOfOtherRole(source, item.payload.issuer, givenAs, making)) return null;
    const grants = await consentsFor(source.item.digest, library);
    return labelAsHeld(label, await heldWhenMaking(item.payload.issuer, source, library, givenAs), grants, at, item.payload.label);
  };
  const owners = await Promise.all(found.map((source) => (source === null ? [] : caveatOwners(item.payload.issuer, source, library))));
  return { ...facts, sources: await Promise.all(facts.sources.map(asMakerHas)), handedUnder: owners.flat() };
}

/** The item as somebody has it: with what whoever handed it on to that one added. @param stated as `labelAsHeld` takes it */
export const asHeld = (
  item: ItemFacts,
  heldBy: readonly HandedOn[] | null,
  grants: readonly Terms[],
  now: Instant,
  stated: Label | null = null,
): ItemFacts => ({ ...item, label: labelAsHeld(item.label, heldBy, grants, now, stated) });

/**
 * @param added suites of seals that this submission adds
 * @param known what was read for the submission's other items
 */
export async function storedItemFacts(
  found: Found,
  added: readonly Suite[],
  library: Library,
  directory: Directory,
  known: Known = createKnown(),
): Promise<ItemFacts> {
  const { volume, item } = found;
  const [now, releases] = await Promise.all([
    readLabel(item, volume, library, known),
    library.linkedOf('release', item.digest, 'parley-release+json'),
  ]);
  const first = (volume.submission.seals ?? []).filter((seal) => seal.item === item.digest).map((seal) => suiteOf(seal.kid, directory));
  const later = releases.map(({ statement }) => statement.payload.suite ?? null);
  const suites = [...new Set([...first, ...later, ...added].filter((suite) => suite !== null))];
  return factsOf(item, { now, suites, givenOn: profileOf(volume), givenAs: givenAsIn(volume) }, library, known);
}

const suiteOf = (kid: KeyId, directory: Directory): Suite | null => directory.receivingKeys.get(kid)?.suite ?? null;

/** Every grant that names the item, in log order, with its end where it has one. */
export async function consentsFor(item: Digest, library: Library): Promise<readonly Consent[]> {
  const grants = await library.linkedOf('consent', item, 'parley-consent+json');
  return Promise.all(
    grants.map(async ({ volume, statement }) => {
      const [ended] = await library.linked('ended', statement.digest);
      return consentOf(statement, volume.stored.index, ended?.stored.at ?? null);
    }),
  );
}

function consentOf({ digest, payload }: StatementOf<'parley-consent+json'>, logIndex: number, revokedAt: Instant | null): Consent {
  const { originator, holder, recipient, purposes, items, fields, suites, conditions, from, until } = payload;
  return {
    digest,
    originator,
    holder,
    recipient: recipient.authority,
    recipientType: recipient.authorityType,
    purposes,
    items,
    fields: fields ?? null,
    suites,
    conditions: conditions ?? null,
    logIndex,
    from,
    until,
    revokedAt,
  };
}
