/**
 * An item, for whoever may know of it. An item that somebody else has and a digest without an item take the same questions to the store,
 * and nothing more is read of either: how long a no takes tells nothing.
 */
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { ANCESTORS_MAX } from '../../domain/made-from.js';
import type { Item, Library, Volume } from '../read/library.js';
import { deletedAt, givenTo, type Found } from './holders.js';

/** What carried it gave it too. */
function carriedIn(given: readonly Volume[], digest: Digest): Found | null {
  for (const volume of given) {
    const item = volume.items.get(digest);
    if (item !== undefined) return { volume, item };
  }
  return null;
}

/** The item, if `who` ever had it; else null. Deleting what stood in the middle does not free what was made from it. */
export async function onceHeld(who: AuthorityId, digest: Digest, library: Library): Promise<Found | null> {
  const given = await library.linked('held', digest);
  const isIts = given.some(({ statement, stored }) => stored.author === who || givenTo(statement) === who);
  return isIts ? carriedIn(given, digest) : null;
}

interface Trace {
  readonly found: Found | null;
  /** it has it now */
  readonly isHeld: boolean;
}

async function traceOf(who: AuthorityId, digest: Digest, library: Library): Promise<Trace> {
  const [given, deleted] = [await library.linked('held', digest), await deletedAt(digest, library)];
  const found = carriedIn(given, digest);
  const since = deleted.get(who) ?? -1;
  const isOwn = found?.item.payload.issuer === who && found.volume.stored.index > since;
  return { found, isHeld: isOwn || given.some(({ statement, stored }) => givenTo(statement) === who && stored.index > since) };
}

/** The item, if `who` holds it; else null. */
export async function heldItem(who: AuthorityId, digest: Digest, library: Library): Promise<Found | null> {
  const { found, isHeld } = await traceOf(who, digest, library);
  return isHeld ? found : null;
}

/** The item, if `who` holds it or is one of its originators; else null. */
export async function knownItem(who: AuthorityId, digest: Digest, library: Library): Promise<Found | null> {
  const { found, isHeld } = await traceOf(who, digest, library);
  // asked whatever was found
  const added = await addedTo(who, library);
  if (found === null || isHeld || found.item.payload.label.originators.includes(who)) return found;
  return (await isOneOf(added, found.item, library)) ? found : null;
}

/** Items whose label made it an originator after they were given. */
async function addedTo(who: AuthorityId, library: Library): Promise<ReadonlySet<Digest>> {
  const labels = await library.linkedOf('added', who, 'parley-label+json');
  return new Set(labels.map(({ statement }) => statement.payload.item));
}

/** The item, or something that it is made from, however many steps away. */
async function isOneOf(digests: ReadonlySet<Digest>, item: Item, library: Library): Promise<boolean> {
  const all = new Set(digests.size === 0 ? [] : [item.digest]);
  for (const digest of all) {
    if (digests.has(digest)) return true;
    for (const source of (await library.item(digest))?.item.payload.derivedFrom ?? []) all.add(source);
    if (all.size > ANCESTORS_MAX) return false;
  }
  return false;
}
