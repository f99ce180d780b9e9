/**
 * What of the gateway's directory is believed: a row by the root that was compared or seen before, an entry by the root whose time it falls
 * into, a revocation by a root of its authority. Each function says why not.
 */
import { decodeBase64url } from '../../crypto/base64url.js';
import { digestOf } from '../../crypto/statement.js';
import { type AuthorityId, type Digest, type KeyId } from '../../domain/ids.js';
import { foreignTerritory } from '../../domain/own-state.js';
import { no, ok, type Result } from '../../domain/result.js';
import { rootsOf, termOf, type RootTerm } from '../../domain/roots.js';
import type { StatementOf } from '../../domain/statement.js';
import { HOUR_MS } from '../../domain/time.js';
import type { DirectoryAnswer } from '../../domain/wire/http-answers.js';
import { createRecord, readRecord, type KeyStore } from './key-store.js';
import { endOfLine, followsFrom, type KnownRoots, type RootChange } from './roots.js';
import { isSignedBy, readStatementOf } from './statements.js';

/**
 * Of each authority all that was seen, in a record that is made once and named by what is in it; the next one has all of that too, and then it
 * goes. Two programs at once make two, and the next one has what is in both. `entries/NG-FIA` is an older client's.
 */
const ENTRIES = 'entries/';

export interface Doubt {
  readonly authority: string;
  readonly why: string;
  readonly isAlarm: boolean;
  /** of an alarm about its root: the one that the gateway shows */
  readonly root?: KeyId;
  /** what whoever wants to write is told, where it is not about an entry or its root */
  readonly code?: string;
  readonly next?: string;
}

export const nextOnDoubt = ({ authority, next }: Doubt): string =>
  next ??
  `Do not send. Compare the root fingerprint with the authority out of band; if it is theirs: parley directory accept-root ${authority} FINGERPRINT`;

type Row = DirectoryAnswer['authorities'][number];

export interface Known {
  readonly roots: KnownRoots;
  readonly changes: readonly RootChange[];
}

export interface Believed {
  /** the one that signs now */
  readonly root: KeyId;
  readonly designation: StatementOf<'parley-designation+json'>;
  /** older ones first */
  readonly entries: readonly StatementOf<'parley-entry+json'>[];
  /** every root that signed for the authority in its time, as this client knows it */
  readonly terms: readonly RootTerm[];
}

export async function believe(row: Row, known: Known, store: KeyStore): Promise<Result<Believed, Omit<Doubt, 'authority'>>> {
  const doubt = (why: string) => no({ why, isAlarm: false });
  const designation = readStatementOf('parley-designation+json', row.designation);
  if (!designation.ok) return doubt(designation.error);
  const { authority, root } = designation.value.payload;
  const { changes } = known;
  const { pin, seen, former } = known.roots.get(authority) ?? {};
  const current = endOfLine(authority, root, changes);
  if (authority !== row.authority || current !== row.root) return doubt('the designation is of another authority or root');
  const follows = followsFrom(authority, pin ?? seen, current, changes);
  if (!follows.ok) return no({ why: follows.error, isAlarm: true, root: current });
  const terms = rootsOf(
    authority,
    [designation.value.payload],
    changes.map((one) => one.payload),
    former,
  );
  const believed = { root: current, designation: designation.value, terms };
  if (row.entry === null) return ok({ ...believed, entries: await keptEntries(store, authority, terms) });
  const entry = await believedEntry(row.entry, authority, terms);
  if (!entry.ok) return doubt(entry.error);
  const isOfNow = ({ payload }: StatementOf<'parley-entry+json'>): boolean => termOf(payload, terms)?.replacedAt === null;
  const kept = await keptEntries(store, authority, terms);
  const seenBefore = kept.filter(isOfNow);
  const foreign = foreignTerritory(
    entry.value.payload,
    seenBefore.map(({ payload }) => payload),
  );
  if (foreign !== null) return doubt(foreign);
  const older = kept.filter(({ compact }) => compact !== entry.value.compact);
  if (older.length === kept.length) await keepEntry(store, entry.value);
  const isRolledBack = older.some((one) => one.payload.seq > entry.value.payload.seq && isOfNow(one));
  if (isRolledBack || !isOfNow(entry.value)) return doubt('an older entry than one that was seen before');
  return ok({ ...believed, entries: [...older, entry.value] });
}

/** An entry that a root of the authority signed in its own time. */
export async function believedEntry(
  compact: string,
  authority: string,
  terms: readonly RootTerm[],
): Promise<Result<StatementOf<'parley-entry+json'>, string>> {
  const entry = readStatementOf('parley-entry+json', compact);
  if (!entry.ok) return entry;
  const { payload, kid } = entry.value;
  const publicKey = decodeBase64url(payload.root.publicKey);
  if (payload.authority !== authority || termOf(payload, terms)?.kid !== kid || !publicKey.ok) return no('the entry names another root');
  // the signature also proves that the key is the one of that fingerprint
  return (await isSignedBy(compact, publicKey.value)) ? entry : no('the entry is not signed by its root');
}

export async function keepEntry(store: KeyStore, { compact, payload: { authority } }: StatementOf<'parley-entry+json'>): Promise<void> {
  const { names, compacts } = await entryRecords(store, authority);
  const entries = [...compacts.add(compact)].sort();
  const name = `${ENTRIES}${authority}_${digestOf(entries.join())}`;
  await createRecord(store, name, { entries } satisfies EntriesRecord);
  // all that is in them is in the new one: a directory is read often, and each record costs
  for (const before of names) if (before !== name) await store.remove(before);
}

interface EntriesRecord {
  readonly entries: readonly string[];
}

async function entryRecords(store: KeyStore, authority: AuthorityId): Promise<{ names: readonly string[]; compacts: Set<string> }> {
  for (;;) {
    const names = await store.names(`${ENTRIES}${authority}_`);
    const older = (await readRecord(store, `${ENTRIES}${authority}`)) as EntriesRecord | null;
    const records = [];
    // one after another: of many files at once a system opens only so many
    for (const name of names) records.push((await readRecord(store, name)) as EntriesRecord | null);
    // one that went meanwhile is in another that was not there yet
    if (!records.includes(null)) return { names, compacts: new Set([older, ...records].flatMap((record) => record?.entries ?? [])) };
  }
}

/** Every entry of the authority that was believed once, whatever became of its root. */
export async function seenEntries(store: KeyStore, authority: AuthorityId): Promise<readonly StatementOf<'parley-entry+json'>[]> {
  const { compacts } = await entryRecords(store, authority);
  return [...compacts].flatMap((compact) => {
    const read = readStatementOf('parley-entry+json', compact);
    return read.ok ? [read.value] : [];
  });
}

/** Those that were believed before, of roots that are or were the authority's: a replaced root's first. */
export async function keptEntries(
  store: KeyStore,
  authority: AuthorityId,
  terms: readonly RootTerm[],
): Promise<StatementOf<'parley-entry+json'>[]> {
  const placed = (await seenEntries(store, authority)).flatMap((entry) => {
    const term = termOf(entry.payload, terms);
    return term === null ? [] : [{ entry, place: terms.indexOf(term) }];
  });
  const dated = (one: (typeof placed)[number]) => one.entry.payload;
  // of one number there are two where a restored log had lost the first
  return placed.sort((a, b) => a.place - b.place || dated(a).seq - dated(b).seq || dated(a).at - dated(b).at).map(({ entry }) => entry);
}

/**
 * Those by a root of the authority, old or new: what a root ended while it was good stays ended after it gave way. A key that an entry of
 * another authority lists, and none of its own, is not its to end.
 *
 * @param entries, changes where roots' public keys stand, each the one of its fingerprint
 */
export async function believedRevocations(
  compacts: readonly string[],
  entries: readonly StatementOf<'parley-entry+json'>[],
  changes: readonly RootChange[],
  terms: readonly RootTerm[],
) {
  const named = [...changes.flatMap(({ payload }) => [payload.old, payload.root]), ...entries.map(({ payload }) => payload.root)];
  const publicKeys = new Map(named.map(({ kid, publicKey }) => [kid, publicKey]));
  const owners = ownersOf(entries);
  const believed: StatementOf<'parley-revocation+json'>[] = [];
  for (const compact of compacts) {
    const revocation = readStatementOf('parley-revocation+json', compact);
    if (!revocation.ok) continue;
    const { kid, payload } = revocation.value;
    const isInTime = terms.some((term) => term.authority === payload.authority && term.kid === kid && payload.at <= endOf(term));
    const isItsOwn = owners.get(payload.kid)?.has(payload.authority) ?? true;
    const publicKey = decodeBase64url(publicKeys.get(kid) ?? '');
    if (isInTime && isItsOwn && publicKey.ok && (await isSignedBy(compact, publicKey.value))) believed.push(revocation.value);
  }
  return believed;
}

/** Who lists each key, in an entry old or new. */
function ownersOf(entries: readonly StatementOf<'parley-entry+json'>[]): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = new Map<string, Set<string>>();
  for (const { payload } of entries) {
    const { authority, officers, desks } = payload;
    const keys = [
      ...officers.flatMap(({ signing, auth, encryption }) => [signing, auth, encryption]),
      ...desks.flatMap((desk) => desk.keys),
    ];
    for (const { kid } of keys) owners.set(kid, (owners.get(kid) ?? new Set()).add(authority));
  }
  return owners;
}

/** Statements are logged later than they are dated: rather believe a thief that a key ended than trust one that did. */
const endOf = ({ changedAt, replacedAt }: RootTerm): number => Math.min(changedAt ?? Infinity, replacedAt ?? Infinity) + HOUR_MS;

/** One entry that was believed before, compact. @returns null where it is not kept here */
export const keptEntry = async (store: KeyStore, authority: AuthorityId, digest: Digest): Promise<string | null> =>
  (await seenEntries(store, authority)).find((entry) => entry.digest === digest)?.compact ?? null;
