/**
 * Which label statements this authority's inbox told of each item, and which a reading showed, those about what it is made from too: a later
 * reading that is answered without one of them is not shown.
 */
import type { Digest } from '../../domain/ids.js';
import type { ClientContext } from './context.js';
import { inboxPages, keptCursor } from './inbox.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';

/** Where the inbox was last read to for this; the officer's own cursor is another. What an older client kept as `told` nobody signed, and it may lie ahead of everything. */
const READ_TO = 'told/read-to';
const nameOf = (item: string): string => `told/${item}`;

/** What is known so far, asking nobody. */
export const labelsKnown = async (store: KeyStore, item: string): Promise<readonly Digest[]> =>
  ((await readRecord(store, nameOf(item))) as { readonly labels: readonly Digest[] } | null)?.labels ?? [];

/** Reads what is new in the inbox; whoever has none, such as a quorum's holder, is told of nothing. @returns digests of statements about `item` */
export async function labelsTold(context: ClientContext, item: Digest): Promise<readonly Digest[]> {
  const { store } = context;
  for await (const entries of inboxPages(context, (await keptCursor(store, READ_TO)) ?? undefined)) {
    // what the log did not sign would be demanded for ever, and come from nobody
    for (const { statement, isLogged } of entries)
      if (isLogged && statement?.typ === 'parley-label+json') await keep(store, statement.payload.item, statement.digest);
    const last = entries.at(-1);
    // behind the labels: after a crash between the two they are read again
    if (last !== undefined) await writeRecord(store, READ_TO, { after: last.cursor });
  }
  return labelsKnown(store, item);
}

/** Of a reading that was believed: about the item, and about what it is made from. Written only where something is new. */
export async function keepShown(store: KeyStore, item: Digest, shown: readonly Digest[]): Promise<void> {
  const before = await labelsKnown(store, item);
  const labels = new Set([...before, ...shown]);
  if (labels.size > before.length) await writeRecord(store, nameOf(item), { labels: [...labels] });
}

async function keep(store: KeyStore, item: string, label: Digest): Promise<void> {
  const labels = new Set(await labelsKnown(store, item)).add(label);
  await writeRecord(store, nameOf(item), { labels: [...labels] });
}
