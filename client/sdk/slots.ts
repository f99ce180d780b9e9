/**
 * Which slots of the epoch maps are whose. The gateway tells them, so each is remembered at first sight: who could move an authority to
 * another slot for one reader only could show that reader a stream which the authority never looks at.
 */
import type { AuthorityId } from '../../domain/ids.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { DirectoryView } from './directory.js';
import { firstRecord, readRecord, type KeyStore } from './key-store.js';

/** Of an older client: all that it saw, in one record. */
const OLDER = 'slots';
/** By authority its slot and by slot whose it is, each created and never replaced: two programs over one key store pin the same. */
const SLOTS = 'slots/';

/** @returns the slot i of which 2i binds the authority's stream and 2i + 1 its entry; or why it is not to be believed */
export async function slotOf(store: KeyStore, view: DirectoryView, authority: AuthorityId): Promise<Result<number, string>> {
  const listed = view.slots.get(authority);
  if (listed === undefined) return no(`${authority} is not in the directory`);
  const older = ((await readRecord(store, OLDER)) as Readonly<Record<string, number>> | null) ?? {};
  const own = `${SLOTS}${authority}`;
  let known = older[authority] ?? ((await readRecord(store, own)) as { readonly slot: number } | null)?.slot;
  if (known === undefined) {
    const before = Object.entries(older).find(([, slot]) => slot === listed)?.[0];
    const owner = before ?? (await firstRecord<{ readonly authority: string }>(store, `${SLOTS}${listed}`, { authority })).authority;
    if (owner !== authority) return no(`slot ${listed} is ${owner}’s`);
    known = (await firstRecord(store, own, { slot: listed })).slot;
  }
  return known === listed ? ok(known) : no(`${authority} had slot ${known} before and now has ${listed}`);
}
