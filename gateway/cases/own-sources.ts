/** What somebody made its own item from, and has by releases alone. */
import type { AuthorityId } from '../../domain/ids.js';
import type { HeldSource } from '../../policies/facts.js';
import type { Gathering } from '../plan.js';
import { everHeldBy, givenAsIn, type Found } from './holders.js';
import { consentsFor, storedItemFacts } from './items.js';
import { createKnown, sourcesOf } from './lineage.js';

/**
 * Along each way, through what it made itself, to the nearest that it did not make. That it deleted the source since does not free what it
 * made: it was given that by the same releases.
 */
export async function releasedSources(
  who: AuthorityId,
  found: Found,
  { library, directory }: Pick<Gathering, 'library' | 'directory'>,
): Promise<readonly HeldSource[]> {
  const known = createKnown();
  const made = [found];
  const seen = new Set([found.item.digest]);
  const sources: HeldSource[] = [];
  for (const one of made) {
    // the text of a refusal is given as no type
    const as = givenAsIn(one.volume);
    for (const source of await sourcesOf(one.item, library, known)) {
      if (source === null || seen.has(source.item.digest)) continue;
      seen.add(source.item.digest);
      if (source.item.payload.issuer === who) made.push(source);
      const heldBy = await everHeldBy(who, source, library, as);
      if (heldBy === null || heldBy.length === 0) continue;
      const item = await storedItemFacts(source, [], library, directory, known);
      sources.push({ item, heldBy, consents: await consentsFor(source.item.digest, library) });
    }
  }
  return sources;
}
