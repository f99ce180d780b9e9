/** Entries of one's own authority that came and went while this client was away. */
import { termOf, type RootTerm } from '../../domain/roots.js';
import type { StatementOf } from '../../domain/statement.js';
import { entryAnswer } from '../../domain/wire/http-answers.js';
import { understood } from './answers.js';
import type { ClientContext } from './context.js';
import { believedEntry, keepEntry, keptEntries } from './directory-belief.js';
import type { Door } from './door.js';
import { PolicyRefusal } from './error.js';

/**
 * Asks for entries of one's own authority that epochs bind and this client never saw, as it was away while they were the newest, and keeps
 * those that a root of the authority's signed in its time. Two of one number are a forger's work: of them the one that was known stays.
 *
 * @param digests each bound by an epoch that verifies
 */
export async function learnEntries(
  { door, store, identity: { authority } }: ClientContext,
  digests: readonly string[],
  terms: readonly RootTerm[],
): Promise<void> {
  const lineOf = ({ payload }: StatementOf<'parley-entry+json'>) => termOf(payload, terms)?.replacedAt;
  for (const digest of digests) {
    const kept = await keptEntries(store, authority, terms);
    const compact = kept.some((one) => one.digest === digest) ? null : await readEntry(door, digest);
    const entry = compact === null ? null : await believedEntry(compact, authority, terms);
    if (!entry?.ok || entry.value.digest !== digest) continue;
    const { value } = entry;
    if (!kept.some((one) => one.payload.seq === value.payload.seq && lineOf(one) === lineOf(value))) await keepEntry(store, value);
  }
}

/** @returns null where the gateway shows none */
async function readEntry(door: Door, digest: string): Promise<string | null> {
  try {
    return understood(entryAnswer, await door.get(`/v1/directory/entries/${digest}`, false))?.entry ?? null;
  } catch (error) {
    if (error instanceof PolicyRefusal && error.status === 404) return null;
    throw error;
  }
}
