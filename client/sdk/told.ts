/**
 * Which statements this authority's inbox told of: on labels, by item, and those that a reading showed of it and of what it is made from; of
 * consents and refusals, by what was asked; of revocations, by the consent. A later answer without one of them is not believed.
 */
import { digestOfBytes } from '../../crypto/digest.js';
import { parseDigest, type Digest } from '../../domain/ids.js';
import type { Statement } from '../../domain/statement.js';
import type { ClientContext } from './context.js';
import { certain } from '../../domain/result.js';
import { inboxPages, keptCursor } from './inbox.js';
import { createRecord, readRecord, writeRecord, type KeyStore } from './key-store.js';

/**
 * Where the inbox was last read to for this; the officer's own cursor is another. Older clients kept theirs as `told`, which nobody signed and
 * may lie ahead of everything, and as `told/read-to`, up to where labels alone were looked at.
 */
const READ_TO = 'told/all-read-to';
/** One record for each statement, which is created and never replaced: of two programs over one key store none writes over what the other learnt. */
const begin = (about: Digest): string => `told/${about.slice(0, 20)}_`;
/** Of an older client: all that it knew, in one record. */
const olderOf = (about: Digest): string => `told/${about}`;

/** Under which answers to a request for consent are kept, so far as they speak of this item: those are what its exchange shows. */
export const askedAbout = (request: Digest, item: Digest): Digest => digestOfBytes(new TextEncoder().encode(`${request} ${item}`));

/** What is known so far, asking nobody. @param about an item, a consent, or what `askedAbout` gives */
export async function statementsKnown(store: KeyStore, about: Digest): Promise<readonly Digest[]> {
  // the member's name is of the days when only labels were kept
  const older = (await readRecord(store, olderOf(about))) as { readonly labels: readonly Digest[] } | null;
  // where the digest has a low line just there, the older one begins so, too
  const names = (await store.names(begin(about))).filter((name) => name !== olderOf(about));
  return [...new Set([...(older?.labels ?? []), ...names.map((name) => certain(parseDigest(name.slice(begin(about).length))))])];
}

/** @returns those of them whose end the inbox told of so far */
export async function endedAsTold(store: KeyStore, consents: readonly Digest[]): Promise<readonly Digest[]> {
  const ends = await Promise.all(consents.map((consent) => statementsKnown(store, consent)));
  return consents.filter((_, at) => ends[at]!.length > 0);
}

/** Reads what is new in the inbox; whoever has none, such as a quorum's holder, is told of nothing. */
export async function readTold(context: ClientContext): Promise<void> {
  const { store } = context;
  for await (const entries of inboxPages(context, (await keptCursor(store, READ_TO)) ?? undefined)) {
    for (const { statement, isLogged } of entries)
      // what the log did not sign would be demanded for ever, and come from nobody
      if (isLogged && statement !== null) for (const about of subjectsOf(statement)) await keepShown(store, about, [statement.digest]);
    const last = entries.at(-1);
    // behind the statements: after a crash between the two they are read again
    if (last !== undefined) await writeRecord(store, READ_TO, { after: last.cursor });
  }
}

/** By what another answer has to show it; empty: of no such kind, or a consent that nobody asked for. */
function subjectsOf({ typ, payload }: Statement): readonly Digest[] {
  switch (typ) {
    case 'parley-label+json':
      return [payload.item];
    case 'parley-consent+json':
    case 'parley-consent-refusal+json': {
      const { request, items } = payload;
      return request === undefined ? [] : items.map((item) => askedAbout(request, item));
    }
    case 'parley-consent-revocation+json':
      return [payload.consent];
    default:
      return [];
  }
}

/** Of a reading that was believed, too: what it showed about the item, and about what it is made from. Durable when it resolves. */
export async function keepShown(store: KeyStore, about: Digest, shown: readonly Digest[]): Promise<void> {
  const known = new Set(await statementsKnown(store, about));
  for (const digest of new Set(shown)) if (!known.has(digest)) await createRecord(store, `${begin(about)}${digest}`, {});
}
