/**
 * Keyrings: the secrets of one desk generation, sealed once and wrapped to each officer who sits at the desk. The gateway keeps
 * them blind; who may wrap and to whom is what the authority's own newest entry says, and nobody else.
 *
 * @see docs/PROTOCOL.md 5
 */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { nativeVerifier } from '../../crypto/native-verifier.js';
import { openItem, type DeskSecret } from '../../crypto/open.js';
import { sealItem, type ItemName } from '../../crypto/seal.js';
import { parseStatement, signStatement, verifyStatement } from '../../crypto/statement.js';
import { currentOfficer, mayWrap, namesGeneration, sitsAt, type Directory } from '../../domain/authority.js';
import type { AuthorityId, KeyId } from '../../domain/ids.js';
import { certain, no, ok, type Result } from '../../domain/result.js';
import { formatInstant } from '../../domain/time.js';
import type { EntryPayload } from '../../domain/wire/directory.js';
import { KEYRING_BYTES_MAX } from '../../domain/wire/http-requests.js';
import { keyring, KEYRING_OFFICERS_MAX, keyringSecrets, type KeyringPayload } from '../../domain/wire/keyring.js';
import { parseJsonStrict } from '../../domain/wire/strict-json.js';
import { boundWithOwn } from './bound.js';
import type { ClientContext } from './context.js';
import { ownEntry, type DirectoryView } from './directory.js';
import { ParleyError, PolicyRefusal } from './error.js';
import { keepDesks, readDeskKey, writeDeskKey, type DeskGeneration, type DeskKey, type Identity } from './identity.js';

const TYP = 'parley-keyring+json';
/** of a desk whose officers share at one moment */
const SHARE_TRIES_MAX = 3;
const utf8 = new TextEncoder();

export const nameOf = ({ desk, generation }: Pick<DeskGeneration, 'desk' | 'generation'>): string => `${desk}.${generation}`;
const itemNameOf = (issuer: AuthorityId, ring: Pick<DeskGeneration, 'desk' | 'generation'>): ItemName => ({
  id: nameOf(ring),
  issuer,
  format: 'age',
});

/**
 * Wraps every desk generation that this key store holds to everyone who sits at the desk now, and to the quorum where the entry has
 * one. Where there is nobody else, there is nothing to share.
 *
 * @returns the names of the keyrings that the gateway keeps now
 * @throws ParleyError as `boundWithOwn`: what is wrapped to a dismissed officer's key cannot be called back
 */
export async function shareDesks(context: ClientContext): Promise<readonly string[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await shareOnce(context);
    } catch (error) {
      // a colleague has shared meanwhile, perhaps by a newer entry: everything is looked at anew
      if (tries === SHARE_TRIES_MAX || !(error instanceof PolicyRefusal && error.code === 'CONFLICT')) throw error;
    }
  }
}

async function shareOnce(context: ClientContext): Promise<readonly string[]> {
  const { identity } = context;
  const held = identity.desks;
  // before the entry: what is put then takes the place of nothing that was made by a newer one
  const kept = new Map<string, Uint8Array | null>();
  for (const ring of held) kept.set(nameOf(ring), await askFor(context, nameOf(ring)));
  const { view, entry } = await boundWithOwn(context);
  const { officers = [], quorum } = entry ?? {};
  const shared: string[] = [];
  // what no entry of ours lists yet is shared after it is published: the gateway keeps nothing else. Generations count up from 1
  const isNamed = ({ desk, generation }: DeskGeneration): boolean =>
    entry?.desks.some((one) => one.desk === desk && generation <= one.generation) === true ||
    namesGeneration(view.directory, { authority: identity.authority, desk, generation });
  // of two of one number the last: what an entry lists was fetched later than it was made here
  const rings = new Map(held.filter((ring) => isNamed(ring) && isOfEntries(ring, view, entry)).map((ring) => [nameOf(ring), ring]));
  for (const ring of rings.values()) {
    const seated = officers.filter((officer) => sitsAt(officer, ring.desk) && isGood(officer, view, context));
    if (quorum === undefined && seated.every(({ officer }) => officer === identity.officer)) continue;
    const body = utf8.encode(await wrap(context, ring, seated, quorum));
    const isNewest = entry?.desks.some(({ desk, generation }) => desk === ring.desk && generation === ring.generation) === true;
    if (await putKeyring(context, nameOf(ring), { body, replaced: kept.get(nameOf(ring)) ?? null }, isNewest)) shared.push(nameOf(ring));
  }
  return shared;
}

/** @returns false for an older generation that no entry ever listed, which nothing was sealed to: a killed program left it */
async function putKeyring(
  { door }: ClientContext,
  name: string,
  { body, replaced }: { readonly body: Uint8Array; readonly replaced: Uint8Array | null },
  isNewest: boolean,
): Promise<boolean> {
  // signed with the request: whoever repeats it finds another one there, and puts none back
  const path = `/v1/keyrings/${name}${replaced === null ? '' : `?replaces=${digestOfBytes(replaced)}`}`;
  try {
    await door.ask({ method: 'PUT', path, body, contentType: 'application/octet-stream', signed: true });
    return true;
  } catch (error) {
    if (!isNewest && error instanceof PolicyRefusal && error.code === 'NOT_FOUND') return false;
    throw error;
  }
}

export interface Sharing {
  /** names of the keyrings that the gateway keeps now */
  readonly shared: readonly string[];
  /** why the keys are not shared yet, and `shareDesks` has to be called later; null: they are */
  readonly notShared: { readonly code: string; readonly what: string } | null;
}

/**
 * The same after something was published, which stays published: that the keys cannot be shared yet is part of the answer and fails
 * nothing. To be called with the identity that is kept.
 */
export async function shareAfter(context: ClientContext): Promise<Sharing> {
  try {
    return { shared: await shareDesks(context), notShared: null };
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return { shared: [], notShared: { code: error.code, what: error.what } };
  }
}

/**
 * Two key stores may have made keys of one number, of which the root listed those of one alone: as after a root was lost and found again.
 *
 * @returns false for keys that entries show others in place of; true also where no entry that is known here names the number
 */
export function isOfEntries(
  ring: Pick<DeskGeneration, 'desk' | 'generation' | 'keys'>,
  { directory }: Pick<DirectoryView, 'directory'>,
  entry: EntryPayload | null,
): boolean {
  const newest = entry?.desks.find((one) => nameOf(one) === nameOf(ring))?.keys.map(({ kid }) => kid);
  const listed = newest ?? kidsNamed(ring, directory, entry?.authority);
  return listed.length === 0 || listed.some((kid) => ring.keys.some((key) => key.kid === kid));
}

const kidsNamed = (ring: Pick<DeskGeneration, 'desk' | 'generation'>, { receivingKeys }: Directory, of?: AuthorityId): readonly KeyId[] =>
  [...receivingKeys].flatMap(([kid, one]) => (one.authority === of && nameOf(one) === nameOf(ring) ? [kid] : []));

const isGood = ({ encryption }: EntryPayload['officers'][number], { directory }: DirectoryView, { clock }: ClientContext): boolean =>
  currentOfficer(directory, encryption.kid, 'encryption', clock.now()) !== null;

async function wrap(
  context: ClientContext,
  ring: DeskGeneration,
  seated: EntryPayload['officers'],
  quorum: EntryPayload['quorum'],
): Promise<string> {
  const { identity, chance, clock, gateway } = context;
  if (seated.length > KEYRING_OFFICERS_MAX)
    throw new ParleyError('DESK_TOO_LARGE', `One keyring serves ${KEYRING_OFFICERS_MAX} officers.`, 'Seat some of them at another desk.');
  const listed = [...seated.map(({ encryption }) => encryption), ...(quorum === undefined ? [] : [quorum])];
  const readers = listed.map((key) => ({ ...key, publicKey: certain(decodeBase64url(key.publicKey)) }));
  const secrets = utf8.encode(JSON.stringify({ v: 1, keys: ring.keys.map(writeDeskKey) }));
  const sealed = await sealItem(itemNameOf(identity.authority, ring), secrets, readers, { chance, at: clock.now() });
  const seals = sealed.seals.map(({ kid, bytes }) => ({ kid, seal: encodeBase64url(bytes) }));
  const payload = {
    v: 1,
    aud: gateway.origin,
    at: formatInstant(clock.now()),
    authority: identity.authority,
    desk: ring.desk,
    generation: ring.generation,
    from: formatInstant(ring.from),
    until: formatInstant(ring.until),
    keyCommitment: sealed.keyCommitment,
    body: encodeBase64url(sealed.body),
    wrapped: seals.slice(0, seated.length).map((seal, n) => ({ officer: seated[n]!.officer, ...seal })),
    ...(quorum === undefined ? {} : { quorum: seals.at(-1) }),
  };
  return signStatement(TYP, payload, identity.signing);
}

export interface Fetched {
  readonly identity: Identity;
  /** desk generations that are here now and were not before */
  readonly fetched: readonly string[];
  /** newest generations of one's desks that nobody has wrapped yet */
  readonly missing: readonly string[];
}

/**
 * Gets the secrets of the desks where this officer sits, all generations that were shared, into the key store.
 *
 * @throws ParleyError `KEYRING_REFUSED` for one that no colleague of the newest entry wrapped to this officer
 */
export async function fetchKeyrings(context: ClientContext): Promise<Fetched> {
  const view = await context.directory(true);
  const entry = ownEntry(view, context.identity);
  const me = entry?.officers.find(({ officer }) => officer === context.identity.officer);
  if (entry === null || me === undefined)
    throw new ParleyError('NOT_ADMITTED', 'The newest entry does not list this officer.', 'Give your card to whoever holds the root.');
  const fetched: DeskGeneration[] = [];
  const missing: string[] = [];
  for (const desk of entry.desks.filter((one) => sitsAt(me, one.desk))) {
    for (let generation = desk.generation; generation > 0; generation--) {
      const wanted = { desk: desk.desk, generation };
      if (context.identity.desks.some((one) => nameOf(one) === nameOf(wanted) && isOfEntries(one, view, entry))) continue;
      const ring = await readKeyring(context, wanted, view, entry);
      if (ring !== null) fetched.push(ring);
      else if (generation === desk.generation) missing.push(nameOf(wanted));
      // whoever wraps wraps all that they hold: before a gap there is nothing
      else break;
    }
  }
  const identity = fetched.length === 0 ? context.identity : await keepDesks(context.store, context.identity, fetched);
  return { identity, fetched: fetched.map(nameOf), missing };
}

async function readKeyring(
  context: ClientContext,
  wanted: Pick<DeskGeneration, 'desk' | 'generation'>,
  view: DirectoryView,
  entry: EntryPayload,
): Promise<DeskGeneration | null> {
  const bytes = await askFor(context, nameOf(wanted));
  if (bytes === null) return null;
  const ring = await believedKeyring(new TextDecoder().decode(bytes), context, view, entry);
  if (!ring.ok) return refuse(wanted, ring.error);
  const { desk, generation, from, until } = ring.value;
  if (nameOf(ring.value) !== nameOf(wanted)) return refuse(wanted, `it is the keyring ${nameOf(ring.value)}`);
  const keys = await openKeyring(ring.value, context.identity);
  if (!keys.ok) return refuse(wanted, keys.error);
  const listed = entry.desks.find((one) => one.desk === desk && one.generation === generation)?.keys;
  const opened = { desk, generation, from, until, keys: keys.value };
  const isWhole = listed?.every(({ kid }) => keys.value.some((key) => key.kid === kid)) ?? true;
  return isWhole && isOfEntries(opened, view, entry) ? opened : refuse(wanted, 'its keys are not those of the entry');
}

/** Signed by a colleague who may, as the newest entry stands now: not by whoever could when it was wrapped. */
async function believedKeyring(
  compact: string,
  { identity, gateway, clock }: ClientContext,
  { directory }: DirectoryView,
  entry: EntryPayload,
): Promise<Result<KeyringPayload, string>> {
  const read = parseKeyring(compact);
  if (!read.ok) return read;
  const { statement: parsed, ring } = read.value;
  const { aud, authority, desk } = ring;
  if (aud !== gateway.origin || authority !== identity.authority) return no('it is of another log or authority');
  const signer = currentOfficer(directory, parsed.kid, 'signing', clock.now());
  const row = signer?.authority === authority ? entry.officers.find(({ officer }) => officer === signer.officer) : undefined;
  const publicKey = signer === null ? no('') : decodeBase64url(signer.publicKey);
  if (row === undefined || !mayWrap(row, desk) || !publicKey.ok) return no('no colleague who may wrap this desk’s keys has signed it');
  return (await verifyStatement(parsed, publicKey.value, nativeVerifier)) ? ok(ring) : no('its signature does not fit');
}

/** Gives a blob the shape of a keyring. Whose word it is is not looked at. */
export function parseKeyring(compact: string) {
  const parsed = parseStatement(compact, KEYRING_BYTES_MAX);
  if (!parsed.ok) return parsed;
  const json = parseJsonStrict(parsed.value.payload);
  const shaped = json.ok ? keyring.safeParse(json.value) : null;
  if (parsed.value.typ !== TYP || !shaped?.success) return no('it is no keyring');
  return ok({ statement: parsed.value, ring: shaped.data });
}

async function openKeyring(ring: KeyringPayload, { authority, officer, encryption }: Identity) {
  const part = ring.wrapped.find((one) => one.officer === officer && one.kid === encryption.kid);
  return part === undefined ? no('nothing in it is wrapped to this officer') : openPart(ring, part, authority, encryption);
}

/** The desk's keys, out of the part of a keyring that is wrapped to `secret`. */
export async function openPart(
  ring: KeyringPayload,
  part: { readonly seal: string },
  authority: AuthorityId,
  secret: DeskSecret,
): Promise<Result<DeskKey[], string>> {
  const [seal, body] = [decodeBase64url(part.seal), decodeBase64url(ring.body)];
  if (!seal.ok || !body.ok) return no('it is no base64url');
  const committed = { ...itemNameOf(authority, ring), keyCommitment: ring.keyCommitment };
  const opened = await openItem(committed, seal.value, secret, body.value);
  if (!opened.ok) return opened;
  const json = parseJsonStrict(opened.value.plaintext);
  const secrets = json.ok ? keyringSecrets.safeParse(json.value) : null;
  return secrets?.success ? ok(secrets.data.keys.map(readDeskKey)) : no('it holds no desk keys');
}

/** @returns the blob under this name, or null */
export async function askFor({ door }: ClientContext, name: string): Promise<Uint8Array | null> {
  try {
    return (await door.ask({ method: 'GET', path: `/v1/keyrings/${name}`, signed: true })).bytes;
  } catch (error) {
    if (error instanceof PolicyRefusal && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

function refuse(wanted: Pick<DeskGeneration, 'desk' | 'generation'>, why: string): never {
  throw new ParleyError(
    'KEYRING_REFUSED',
    `The keyring ${nameOf(wanted)} is not believed: ${why}.`,
    'Ask a colleague of the desk to share its keys again: parley keys share',
  );
}
