/** A root that goes from one officer to another: made where it will lie, named by the old one, and never carried about. Partners follow. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { createSigningKey, signingKeyOf, type SigningKey } from '../../crypto/signing-key.js';
import { certain } from '../../domain/result.js';
import type { ClientContext } from './context.js';
import { ownEntry, pinOwnRoot } from './directory.js';
import { publishEntry, requireItsDesks } from './enrol.js';
import { factsOf, rootOf } from './entry.js';
import { ParleyError } from './error.js';
import { keepDesks, writeIdentity, type Identity } from './identity.js';
import { firstRecord } from './key-store.js';
import { forgetSigned } from './own-entries.js';
import { wordFor, type PublicRoot } from './root-word.js';
import { submissionOf, submit, type Sent } from './submit.js';

/** Its seed, until it has signed an entry. */
const TAKEN = 'roots/taken';

/**
 * The root that is here names the one that a colleague's client made (`takeRoot`), and is no more in this key store.
 *
 * @returns `sent` null where it had named it before
 * @throws ParleyError `ROOT_NOT_HERE`, `ROOT_IS_HERE`, `ENTRY_MISSING`, `ENTRY_DIFFERS`; PolicyRefusal where the gateway does not take it
 */
export async function handRoot(
  context: ClientContext,
  root: PublicRoot,
): Promise<{ readonly identity: Identity; readonly sent: Sent | null }> {
  const { identity, store } = context;
  const old = rootOf(identity);
  if (old.kid === root.kid)
    throw new ParleyError(
      'ROOT_IS_HERE',
      `${root.kid} is the root in this key store.`,
      'Nothing was signed. Type it where the old root is kept.',
    );
  // without it here, its authority would be believed no more
  await pinOwnRoot(store, identity);
  const sent = (await hasNamed(context, old, root)) ? null : await name(context, root);
  const without = { ...(await keepDesks(store, identity)), root: null };
  await forgetSigned(store);
  await writeIdentity(store, without);
  return { identity: without, sent };
}

/** By its own word alone; the next one may have gone on meanwhile. */
async function hasNamed(context: ClientContext, old: PublicRoot, root: PublicRoot): Promise<boolean> {
  const { roots } = (await context.directory(true)).directory;
  return (roots.get(old.kid)?.changedAt ?? null) !== null && roots.get(root.kid)?.authority === context.identity.authority;
}

async function name(context: ClientContext, root: PublicRoot): Promise<Sent> {
  const word = await wordFor(context, root);
  // made and listed nowhere, a desk's keys could be listed from here no more, and the next ones would have their number
  const last = ownEntry(await context.directory(), context.identity);
  if (last !== null) requireItsDesks(last, context.identity);
  return submit(context, word, submissionOf(word));
}

/**
 * Makes the next root here, by an officer who has the newest keys of every desk, and tells it for whoever has the old one (`handRoot`).
 * Called again once that one has named it, publishes the next entry under it.
 *
 * @returns `sent` null until then
 * @throws ParleyError `ENTRY_MISSING`, `ENTRY_DIFFERS`
 */
export async function takeRoot(
  context: ClientContext,
): Promise<{ readonly identity: Identity; readonly root: PublicRoot; readonly sent: Sent | null }> {
  const { identity, store } = context;
  const view = await context.directory(true);
  const last = ownEntry(view, identity);
  if (last === null) throw new ParleyError('ENTRY_MISSING', 'There is no entry yet.', 'Publish one: parley entry FACTS.json');
  // once the old root has gone, nobody else could publish the others
  requireItsDesks(last, identity);
  const isOfNow = ({ kid }: PublicRoot): boolean => view.pins[identity.authority] === kid;
  let root = await firstTaken(context);
  if (!isOfNow(root) && view.directory.roots.has(root.kid)) {
    // of a handing-over that was cut off at its end: it gave way since, and never returns
    await store.remove(TAKEN);
    root = await firstTaken(context);
  }
  if (!isOfNow(root)) return { identity, root, sent: null };
  const next = { ...(await keepDesks(store, identity)), root };
  await writeIdentity(store, next);
  const sent = await publishEntry({ ...context, identity: next }, factsOf(last, identity.officer), undefined, { confirms: false });
  await store.remove(TAKEN);
  return { identity: next, root, sent };
}

async function firstTaken({ store, chance }: ClientContext): Promise<SigningKey> {
  const { seed } = await firstRecord(store, TAKEN, { seed: encodeBase64url(createSigningKey(chance).seed) });
  return signingKeyOf(certain(decodeBase64url(seed)));
}
