/**
 * The directory as this client believes it: every entry signed by its authority's own root, every root compared before.
 * The gateway only carries it; a gateway that chose the keys could read.
 */
import { decodeBase64url } from '../../crypto/base64url.js';
import { createDirectory, type Directory, type OfficerKey } from '../../domain/authority.js';
import { parseAuthorityId, parseKeyId, type AuthorityId, type KeyId } from '../../domain/ids.js';
import { no, ok, type Result } from '../../domain/result.js';
import type { StatementOf, StatementType } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';
import { directoryAnswer, type DirectoryAnswer } from '../../domain/wire/http-answers.js';
import type { Door } from './door.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import { ParleyError } from './error.js';
import type { Identity } from './identity.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';
import { isSignedBy, readStatementOf } from './statements.js';

const PINS = 'pins';
const ENTRIES = 'entries/';

export type Pins = Readonly<Record<string, string>>;

export interface DirectoryView {
  /** number of the checkpoint whose directory this is; 0 before the first */
  readonly epoch: number;
  readonly directory: Directory;
  /** root fingerprints that were compared, by authority */
  readonly pins: Pins;
  /** designations that the operator's root signed and nobody approved yet, as the gateway shows them: not in force */
  readonly waiting: readonly StatementOf<'parley-designation+json'>[];
  /** entries that were not believed, and why: an alarm where the authority is pinned */
  readonly doubts: readonly { readonly authority: string; readonly why: string }[];
}

export const readPins = async (store: KeyStore): Promise<Pins> => ((await readRecord(store, PINS)) as Pins | null) ?? {};

/** Records that this root fingerprint was compared out of band. A changed one needs `replace`: it is a new comparison. */
export const pinRoot = (store: KeyStore, authority: string, root: string, replace = false): Promise<void> =>
  pinRoots(store, [{ authority, root }], replace);

/** The same for a whole list, such as a directory on paper: all of them or none. @throws ParleyError `MALFORMED`, `ROOT_CHANGED` */
export async function pinRoots(
  store: KeyStore,
  compared: readonly { readonly authority: string; readonly root: string }[],
  replace = false,
): Promise<void> {
  const pins = await readPins(store);
  for (const { authority, root } of compared) {
    if (!parseAuthorityId(authority).ok || !parseKeyId(root).ok)
      throw new ParleyError(
        'MALFORMED',
        'Not an authority and its root fingerprint.',
        'Give the code and the 43 characters that you compared.',
      );
    const pinned = pins[authority];
    if (pinned !== undefined && pinned !== root && !replace)
      throw new ParleyError(
        'ROOT_CHANGED',
        `${authority} had another root.`,
        'Compare the new fingerprint out of band, then pin it as a replacement.',
      );
  }
  await writeRecord(store, PINS, { ...pins, ...Object.fromEntries(compared.map(({ authority, root }) => [authority, root])) });
}

/**
 * Reads the directory and keeps what verifies. Entries seen before stay known, so that what was signed or sealed under an
 * older one still opens.
 */
export async function readDirectory(door: Door, store: KeyStore): Promise<DirectoryView> {
  const parsed = directoryAnswer.safeParse(await door.get('/v1/directory', false));
  if (!parsed.success)
    throw new ParleyError('ANSWER_UNREADABLE', 'The directory is not readable.', 'Check that the address is a Parley gateway’s.');
  const pins = await readPins(store);
  const doubts: { authority: string; why: string }[] = [];
  const designations: StatementOf<'parley-designation+json'>[] = [];
  const entries: StatementOf<'parley-entry+json'>[] = [];
  const rows = [...parsed.data.authorities].sort((a, b) => a.slot - b.slot);
  for (const row of rows) {
    const believed = await believe(row, pins, store);
    if (!believed.ok) doubts.push({ authority: row.authority, why: believed.error });
    else {
      designations.push(believed.value.designation);
      entries.push(...believed.value.entries);
    }
  }
  const directory = createDirectory(
    parsed.data.version,
    designations,
    entries,
    await believedRevocations(parsed.data.revocations, entries),
    // the operator's word, and its key is not known here: a fact to show, on which no seal rests
    parsed.data.agreements.flatMap((compact) => readable('parley-agreement+json', compact)),
  );
  const waiting = parsed.data.waiting.flatMap((compact) => readable('parley-designation+json', compact));
  return { epoch: parsed.data.epoch, directory, pins, waiting, doubts };
}

function readable<T extends StatementType>(typ: T, compact: string): StatementOf<T>[] {
  const read = readStatementOf(typ, compact);
  return read.ok ? [read.value] : [];
}

type Row = DirectoryAnswer['authorities'][number];

interface Believed {
  readonly designation: StatementOf<'parley-designation+json'>;
  /** older ones first */
  readonly entries: readonly StatementOf<'parley-entry+json'>[];
}

async function believe(row: Row, pins: Pins, store: KeyStore): Promise<Result<Believed, string>> {
  const designation = readStatementOf('parley-designation+json', row.designation);
  if (!designation.ok) return designation;
  const { authority, root } = designation.value.payload;
  if (authority !== row.authority || root !== row.root) return no('the designation is of another authority or root');
  const pinned = pins[authority];
  if (pinned !== undefined && pinned !== root) return no(`its root is not the one that was compared (${pinned})`);
  if (row.entry === null) return ok({ designation: designation.value, entries: [] });
  const entry = await believedEntry(row.entry, authority, root);
  if (!entry.ok) return entry;
  const older = await keepEntry(store, entry.value);
  if (older.some(({ payload }) => payload.seq > entry.value.payload.seq)) return no('an older entry than one that was seen before');
  return ok({ designation: designation.value, entries: [...older, entry.value] });
}

/** An entry that its own root signed, where that root is the one that was designated. */
export async function believedEntry(
  compact: string,
  authority: string,
  root: string,
): Promise<Result<StatementOf<'parley-entry+json'>, string>> {
  const entry = readStatementOf('parley-entry+json', compact);
  if (!entry.ok) return entry;
  const { payload, kid } = entry.value;
  const publicKey = decodeBase64url(payload.root.publicKey);
  if (payload.authority !== authority || payload.root.kid !== root || kid !== root || !publicKey.ok)
    return no('the entry names another root');
  // the signature also proves that the key is the one of that fingerprint
  return (await isSignedBy(compact, publicKey.value)) ? entry : no('the entry is not signed by its root');
}

/** @returns the authority's entries that were seen before this one, oldest first */
async function keepEntry(store: KeyStore, entry: StatementOf<'parley-entry+json'>): Promise<StatementOf<'parley-entry+json'>[]> {
  const name = `${ENTRIES}${entry.payload.authority}`;
  const compacts = ((await readRecord(store, name)) as { readonly entries: string[] } | null)?.entries ?? [];
  if (!compacts.includes(entry.compact)) await writeRecord(store, name, { entries: [...compacts, entry.compact] });
  const older = compacts
    .filter((compact) => compact !== entry.compact)
    .map((compact) => readStatementOf('parley-entry+json', compact))
    .flatMap((read) => (read.ok && read.value.payload.root.kid === entry.payload.root.kid ? [read.value] : []));
  return older.sort((a, b) => a.payload.seq - b.payload.seq);
}

async function believedRevocations(compacts: readonly string[], entries: readonly StatementOf<'parley-entry+json'>[]) {
  const believed: StatementOf<'parley-revocation+json'>[] = [];
  for (const compact of compacts) {
    const revocation = readStatementOf('parley-revocation+json', compact);
    const entry = revocation.ok ? entries.findLast(({ payload }) => payload.authority === revocation.value.payload.authority) : undefined;
    const root = entry === undefined ? no('') : decodeBase64url(entry.payload.root.publicKey);
    if (revocation.ok && root.ok && (await isSignedBy(compact, root.value))) believed.push(revocation.value);
  }
  return believed;
}

/** The authority's root was compared, or this client was told to take first contact as it comes. */
export function requireCompared(view: DirectoryView, authority: AuthorityId): void {
  const doubt = view.doubts.find((one) => one.authority === authority);
  if (doubt !== undefined)
    throw new ParleyError(
      'ENTRY_NOT_BELIEVED',
      `${authority}: ${doubt.why}.`,
      'Do not send. Compare the root fingerprint with the authority out of band.',
    );
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
  if (root !== null && own !== undefined && own.root !== root.kid)
    throw new ParleyError(
      'ENTRY_NOT_BELIEVED',
      `The gateway shows another root of ${authority} than the one in this key store.`,
      'Ask the operator.',
    );
  if (root === null || own === undefined) requireCompared(view, authority);
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
