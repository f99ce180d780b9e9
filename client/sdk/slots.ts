/**
 * Which slots of the epoch maps are whose. The gateway tells them, so each is remembered at first sight: who could move an authority to
 * another slot for one reader only could show that reader a stream which the authority never looks at.
 */
import type { AuthorityId } from '../../domain/ids.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { DirectoryView } from './directory.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';

const SLOTS = 'slots';

/** @returns the slot i of which 2i binds the authority's stream and 2i + 1 its entry; or why it is not to be believed */
export async function slotOf(store: KeyStore, view: DirectoryView, authority: AuthorityId): Promise<Result<number, string>> {
  const listed = view.slots.get(authority);
  if (listed === undefined) return no(`${authority} is not in the directory`);
  const seen = ((await readRecord(store, SLOTS)) as Readonly<Record<string, number>> | null) ?? {};
  const known = seen[authority];
  if (known !== undefined) return known === listed ? ok(known) : no(`${authority} had slot ${known} before and now has ${listed}`);
  const other = Object.entries(seen).find(([, slot]) => slot === listed)?.[0];
  if (other !== undefined) return no(`slot ${listed} is ${other}’s`);
  await writeRecord(store, SLOTS, { ...seen, [authority]: listed });
  return ok(listed);
}
