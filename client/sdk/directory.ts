/**
 * The directory as this client believes it: every entry signed by its authority's own root, every root compared before.
 * The gateway only carries it; a gateway that chose the keys could read.
 */
import { decodeBase64url } from '../../crypto/base64url.js';
import { createDirectory, type Directory, type OfficerKey } from '../../domain/authority.js';
import { parseAuthorityId, parseKeyId, type AuthorityId, type KeyId } from '../../domain/ids.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { RootTerm } from '../../domain/roots.js';
import type { StatementOf, StatementType } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';
import { directoryAnswer } from '../../domain/wire/http-answers.js';
import { readAnswer } from './answers.js';
import { believe, believedRevocations, nextOnDoubt, type Doubt, type Known } from './directory-belief.js';
import type { Door } from './door.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import { ParleyError } from './error.js';
import type { Identity } from './identity.js';
import type { KeyStore } from './key-store.js';
import { believedChanges, changeRoot, keepRoots, readPins, readRoots, withOtherPin, type KnownRoot, type Pins } from './roots.js';
import { keepRevocations, keptRevocations, unshown, withheld } from './revocations.js';
import { isSignedBy, readStatementOf } from './statements.js';

export interface DirectoryView {
  /** number of the checkpoint whose directory this is; 0 before the first */
  readonly epoch: number;
  readonly directory: Directory;
  /** root fingerprints that were compared, by authority */
  readonly pins: Pins;
  /** designations that the operator's root signed and nobody approved yet, as the gateway shows them: not in force */
  readonly waiting: readonly StatementOf<'parley-designation+json'>[];
  /** entries that were not believed, and why; `isAlarm`: another root than this client knew, that the old one did not name, or a revocation gone */
  readonly doubts: readonly Doubt[];
  /** key revocations that are believed, in log order as far as it is known */
  readonly revocations: readonly StatementOf<'parley-revocation+json'>[];
  /** whose slot in the epoch maps is which, as the gateway says (`slots.ts`) */
  readonly slots: ReadonlyMap<string, number>;
}

/**
 * Records that this root fingerprint was compared out of band.
 *
 * @param replacedAt when a changed one was accepted: it is a new comparison; null: a changed one is refused
 */
export const pinRoot = (store: KeyStore, authority: string, root: string, replacedAt: Instant | null = null): Promise<void> =>
  pinRoots(store, [{ authority, root }], replacedAt);

/** The same for a whole list, such as a directory on paper: all of them or none. @throws ParleyError `MALFORMED`, `ROOT_CHANGED` */
export async function pinRoots(
  store: KeyStore,
  compared: readonly { readonly authority: string; readonly root: string }[],
  replacedAt: Instant | null = null,
): Promise<void> {
  const roots = compared.map(({ authority, root }) => {
    const kid = parseKeyId(root);
    if (parseAuthorityId(authority).ok && kid.ok) return { authority, root: kid.value };
    throw new ParleyError(
      'MALFORMED',
      'Not an authority and its root fingerprint.',
      'Give the code and the 43 characters that you compared.',
    );
  });
  const known = await readRoots(store);
  for (const { authority, root } of roots) pinned(known.get(authority) ?? {}, authority, root, replacedAt);
  // another program over this key store may have compared one of them meanwhile
  for (const { authority, root } of roots) await changeRoot(store, authority, (now) => pinned(now, authority, root, replacedAt));
}

/** @returns null where it is pinned already */
function pinned(known: KnownRoot, authority: string, root: KeyId, replacedAt: Instant | null): KnownRoot | null {
  if (known.pin === root) return null;
  if (known.pin === undefined) return { ...known, pin: root, seen: root };
  if (replacedAt !== null) return withOtherPin(known, known.pin, root, replacedAt);
  throw new ParleyError(
    'ROOT_CHANGED',
    `${authority} had another root.`,
    `Compare the new fingerprint out of band. If it is theirs: parley directory trust ${authority} ${root} --replace`,
  );
}

/** Whoever made a root compared it with nobody. Where another one takes its place, it is what that one follows, or what gives way to it. */
export async function pinOwnRoot(store: KeyStore, { authority, root }: Pick<Identity, 'authority' | 'root'>): Promise<void> {
  if (root !== null && (await readPins(store))[authority] === undefined) await pinRoot(store, authority, root.kid);
}

/**
 * Reads the directory and keeps what verifies. Entries seen before stay known, so that what was signed or sealed under an
 * older one still opens, and so do revocations: a key that ended stays ended.
 */
export async function readDirectory(door: Door, store: KeyStore): Promise<DirectoryView> {
  const parsed = readAnswer(directoryAnswer, await door.get('/v1/directory', false), 'directory');
  const known: Known = { roots: await readRoots(store), changes: await believedChanges(parsed.roots) };
  const doubts: Doubt[] = [];
  const roots: Record<string, KeyId> = {};
  const designations: StatementOf<'parley-designation+json'>[] = [];
  const entries: StatementOf<'parley-entry+json'>[] = [];
  const terms: RootTerm[] = [];
  const rows = [...parsed.authorities].sort((a, b) => a.slot - b.slot);
  for (const row of rows) {
    const believed = await believe(row, known, store);
    if (!believed.ok) doubts.push({ authority: row.authority, ...believed.error });
    else {
      roots[row.authority] = believed.value.root;
      designations.push(believed.value.designation);
      entries.push(...believed.value.entries);
      terms.push(...believed.value.terms);
    }
  }
  const pins = await keepRoots(store, known.roots, roots, known.changes);
  const shown = await believedRevocations(parsed.revocations, entries, known.changes, terms);
  const kept = await keptRevocations(store);
  const listed = new Set(parsed.revocations);
  const unlisted = kept.filter((compact) => !listed.has(compact));
  const revocations = [...shown, ...(await believedRevocations(unlisted, entries, known.changes, terms))];
  await keepRevocations(store, kept, shown);
  doubts.push(...withheld(createDirectory(0, [], [], shown), revocations));
  const directory = createDirectory(
    parsed.version,
    designations,
    entries,
    revocations,
    // the operator's word, and its key is not known here: a fact to show, on which no seal rests
    parsed.agreements.flatMap((compact) => readable('parley-agreement+json', compact)),
    known.changes,
    Object.fromEntries([...known.roots].map(([authority, { former = [] }]) => [authority, former])),
  );
  const waiting = parsed.waiting.flatMap((compact) => readable('parley-designation+json', compact));
  const slots = new Map(rows.map(({ authority, slot }) => [authority, slot]));
  doubts.push(...unshown(directory, [...parsed.revocations, ...unlisted]));
  return { epoch: parsed.epoch, directory, pins, waiting, doubts, revocations, slots };
}

function readable<T extends StatementType>(typ: T, compact: string): StatementOf<T>[] {
  const read = readStatementOf(typ, compact);
  return read.ok ? [read.value] : [];
}

const notBelieved = (doubt: Doubt): ParleyError =>
  new ParleyError(
    doubt.code ?? 'ENTRY_NOT_BELIEVED',
    `${doubt.isAlarm ? 'ALARM: ' : ''}${doubt.authority}: ${doubt.why}.`,
    nextOnDoubt(doubt),
  );

/** What seals nothing goes to an authority whose root was never compared, but not past an alarm (docs/decisions/0019). */
export function requireNoAlarm({ doubts }: DirectoryView, authority: AuthorityId): void {
  const doubt = doubts.find((one) => one.authority === authority && one.isAlarm);
  if (doubt !== undefined) throw notBelieved(doubt);
}

/** The authority's root was compared, or this client was told to take first contact as it comes. */
export function requireCompared(view: DirectoryView, authority: AuthorityId): void {
  const doubt = view.doubts.find((one) => one.authority === authority);
  if (doubt !== undefined) throw notBelieved(doubt);
  const known = view.directory.authorities.get(authority);
  if (known !== undefined && view.pins[authority] === undefined)
    throw new ParleyError(
      'ROOT_NOT_COMPARED',
      `The root of ${authority} was never compared.`,
      `Compare ${known.root} with the authority out of band, then pin it: parley directory trust ${authority} ${known.root}`,
    );
}

/**
 * The newest entry of one's own authority, by the root that is kept here or was compared: a gateway could show another one.
 *
 * @returns null before the first entry
 * @throws ParleyError `ENTRY_NOT_BELIEVED`, `ROOT_NOT_COMPARED`
 */
export function ownEntry(view: DirectoryView, { authority, root }: Pick<Identity, 'authority' | 'root'>): EntryPayload | null {
  const own = view.directory.authorities.get(authority);
  const isOther = root !== null && own !== undefined && own.root !== root.kid;
  // unless somebody here compared the other one: the root was held to be lost, and its officer goes on without
  if (isOther && (view.directory.roots.get(root.kid)?.replacedAt ?? null) === null)
    throw new ParleyError(
      'ENTRY_NOT_BELIEVED',
      `The gateway shows another root of ${authority} than the one in this key store.`,
      'Ask the operator.',
    );
  if (root === null || own === undefined || isOther) requireCompared(view, authority);
  return own?.entry ?? null;
}

/**
 * Did an officer of this authority sign these bytes, with a key that was good at `at`?
 *
 * @param at when the statement was logged, or now
 */
export async function verifySigner(
  statement: { readonly compact: string; readonly kid: KeyId; readonly typ: StatementType },
  authority: AuthorityId,
  view: DirectoryView,
  at: Instant,
): Promise<Result<OfficerKey, string>> {
  const key = view.directory.officerKeys.get(statement.kid);
  if (key === undefined || key.authority !== authority || key.use !== 'signing') return no(`no officer of ${authority} has this key`);
  const revoked = view.directory.revoked.get(statement.kid);
  if (at < key.from || at >= key.until || (revoked !== undefined && at >= revoked.at)) return no(`the key was not valid then`);
  const publicKey = decodeBase64url(key.publicKey);
  if (!publicKey.ok || !(await isSignedBy(statement.compact, publicKey.value))) return no('the signature does not fit these bytes');
  return ok(key);
}
