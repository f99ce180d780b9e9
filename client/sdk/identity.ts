/** An authority's own keys, as one officer's client holds them: root (where it lies here), officer, desk generations. */
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';
import { agePublicKey, createAgeKey } from '../../crypto/age/keys.js';
import type { AgeSuite } from '../../crypto/age/suite.js';
import { createOpenpgpKey, OPENPGP_SUITE } from '../../crypto/openpgp/key.js';
import { createSigningKey, kidOf, signingKeyOf, type SigningKey } from '../../crypto/signing-key.js';
import type { DeskSecret } from '../../crypto/open.js';
import type { ReaderKey } from '../../crypto/seal.js';
import {
  parseAuthorityId,
  parseDeskId,
  parseKeyId,
  parseOfficerId,
  type AuthorityId,
  type DeskId,
  type OfficerId,
} from '../../domain/ids.js';
import type { Chance } from '../../domain/ports.js';
import { DAY_MS, formatInstant, HOUR_MS, parseInstant, plusMs, type Instant } from '../../domain/time.js';
import { SUITES, type Suite } from '../../domain/vocabulary.js';
import { ParleyError } from './error.js';
import { certain } from '../../domain/result.js';
import { createRecord, readRecord, writeRecord, type KeyStore } from './key-store.js';

/** Encryption generations last 90 days (protocol 5); the old secret stays until retention ends. */
const GENERATION_MS = 90 * DAY_MS;

export interface DeskKey extends DeskSecret, ReaderKey {}

export interface DeskGeneration {
  readonly desk: DeskId;
  readonly generation: number;
  readonly from: Instant;
  readonly until: Instant;
  readonly keys: readonly DeskKey[];
}

export interface Identity {
  readonly authority: AuthorityId;
  readonly officer: OfficerId;
  /** null where the root is kept elsewhere, as an operator's set-up should */
  readonly root: SigningKey | null;
  readonly signing: SigningKey;
  /** opens sessions and signs nothing else */
  readonly auth: SigningKey;
  /** desk secrets of the authority are wrapped to it */
  readonly encryption: DeskKey;
  /** newest last */
  readonly desks: readonly DeskGeneration[];
}

export interface NewIdentity {
  readonly authority: AuthorityId;
  readonly officer: OfficerId;
  readonly desk: DeskId;
  readonly suites: readonly Suite[];
}

/** @param wanted without suites it has no desk: it only designates */
export async function createIdentity(wanted: NewIdentity, chance: Chance, now: Instant): Promise<Identity> {
  const { authority, officer, desk, suites } = wanted;
  return {
    authority,
    officer,
    root: createSigningKey(chance),
    ...createOfficerKeys(chance),
    desks: suites.length === 0 ? [] : [await createGeneration(authority, desk, 1, suites, chance, now)],
  };
}

/** One more officer of an authority whose root is kept elsewhere: own keys, and no desk's until they are wrapped to them. */
export const createOfficerIdentity = (wanted: Pick<NewIdentity, 'authority' | 'officer'>, chance: Chance): Identity => ({
  authority: wanted.authority,
  officer: wanted.officer,
  root: null,
  ...createOfficerKeys(chance),
  desks: [],
});

const createOfficerKeys = (chance: Chance): Pick<Identity, 'signing' | 'auth' | 'encryption'> => ({
  signing: createSigningKey(chance),
  auth: createSigningKey(chance),
  encryption: createAgeDeskKey('age-pq-1', chance),
});

export async function createGeneration(
  authority: AuthorityId,
  desk: DeskId,
  generation: number,
  suites: readonly Suite[],
  chance: Chance,
  now: Instant,
): Promise<DeskGeneration> {
  const from = keysBegin(now);
  const keys = await Promise.all(suites.map((suite) => createDeskKey(authority, suite, chance, from)));
  return { desk, generation, from, until: plusMs(now, GENERATION_MS), keys };
}

async function createDeskKey(authority: AuthorityId, suite: Suite, chance: Chance, from: Instant): Promise<DeskKey> {
  if (suite === OPENPGP_SUITE) {
    const pair = await createOpenpgpKey(authority, from);
    return { kid: pair.kid, suite, publicKey: pair.publicKey, secret: pair.secretKey };
  }
  return createAgeDeskKey(suite, chance);
}

function createAgeDeskKey(suite: AgeSuite, chance: Chance): DeskKey {
  const pair = createAgeKey(suite, chance);
  return { kid: kidOf(suite, pair.publicKey), suite, publicKey: pair.publicKey, secret: pair.secret };
}

/**
 * From when on keys that are made now count: gateway and partners take none that is not yet, and their clocks may be behind this one. Nothing
 * was signed by them before, and nothing sealed to them.
 */
export const keysBegin = (now: Instant): Instant => plusMs(now, -HOUR_MS);

/** The desk's keys of the newest generation. */
export function currentDesk(identity: Identity, desk?: DeskId): DeskGeneration {
  const found = identity.desks.filter((one) => desk === undefined || one.desk === desk).at(-1);
  if (found === undefined)
    throw new ParleyError('NO_DESK_KEY', 'This key store holds no key of that desk.', 'Import the desk’s key or name another desk.');
  return found;
}

/** Any generation's key: what was sealed to an old one still opens. */
export const deskKey = (identity: Identity, kid: string): DeskKey | null =>
  identity.desks.flatMap(({ keys }) => keys).find((key) => key.kid === kid) ?? null;

// ── as a record of the key store ───────────────────────────────────────────────────────────────────────────────────

const RECORD = 'identity';
const DESKS = 'desks/';

interface IdentityRecord {
  readonly v: 1;
  readonly authority: string;
  readonly officer: string;
  readonly root: string | null;
  readonly signing: string;
  readonly auth: string;
  readonly encryption: DeskKeyRecord;
  /** those that it began with; each later one is a record of its own */
  readonly desks: readonly DeskRecord[];
}

interface DeskRecord {
  readonly desk: string;
  readonly generation: number;
  readonly from: string;
  readonly until: string;
  readonly keys: readonly DeskKeyRecord[];
}

/** A desk's secret as it is kept and as a keyring holds it. An age public key is made from its secret again. */
export interface DeskKeyRecord {
  readonly suite: string;
  readonly publicKey?: string | undefined;
  readonly secret: string;
}

export async function writeIdentity(store: KeyStore, identity: Identity): Promise<void> {
  const record: IdentityRecord = {
    v: 1,
    authority: identity.authority,
    officer: identity.officer,
    root: identity.root === null ? null : encodeBase64url(identity.root.seed),
    signing: encodeBase64url(identity.signing.seed),
    auth: encodeBase64url(identity.auth.seed),
    encryption: writeDeskKey(identity.encryption),
    desks: identity.desks.map(writeDesk),
  };
  await writeRecord(store, RECORD, record);
}

/**
 * Keeps generations of desks, each in a record that is made once and never replaced: what another program over the same key store made
 * meanwhile, a generation or a root, exists nowhere else and stays.
 *
 * @param fetched made elsewhere: one of the same number that was made here stays, and is the older one
 * @returns what is kept now
 * @throws ParleyError `DESK_TURNED` where another program made a generation of that number
 */
export async function keepDesks(store: KeyStore, identity: Identity, fetched: readonly DeskGeneration[] = []): Promise<Identity> {
  if ((await store.read(RECORD)) === null) return { ...identity, desks: [...identity.desks, ...fetched].sort(byGeneration) };
  const known = new Set((await readIdentity(store)).desks.map(idOf));
  for (const ring of identity.desks.filter((one) => !known.has(idOf(one)))) await createRecord(store, nameOf(ring), writeDesk(ring));
  for (const ring of fetched.filter((one) => !known.has(idOf(one))))
    if (!(await createRecord(store, nameOf(ring), writeDesk(ring))))
      await createRecord(store, `${nameOf(ring)}_${ring.keys[0]!.kid.slice(0, 16)}`, writeDesk(ring));
  const kept = await readIdentity(store);
  const now = new Set(kept.desks.map(idOf));
  const lost = identity.desks.find((one) => !now.has(idOf(one)));
  if (lost === undefined) return { ...identity, root: kept.root, desks: kept.desks };
  throw new ParleyError(
    'DESK_TURNED',
    `Another program over this key store made generation ${lost.generation} of ${lost.desk} at the same time.`,
    'Nothing was published from here. See what there is now: parley keys list',
  );
}

const nameOf = ({ desk, generation }: DeskGeneration): string => `${DESKS}${desk}-${generation}`;
const byGeneration = (a: DeskGeneration, b: DeskGeneration): number => a.generation - b.generation;
const idOf = ({ desk, generation, keys }: DeskGeneration): string => [desk, generation, ...keys.map(({ kid }) => kid)].join();

/** In the identity's own record, and in those of their own; oldest first. */
async function readDesks(store: KeyStore, first: IdentityRecord['desks']): Promise<readonly DeskGeneration[]> {
  const records = [...first];
  for (const name of await store.names(DESKS)) records.push((await readRecord(store, name)) as DeskRecord);
  // an older client kept a desk without keys where none was to be made
  const filled = records.map(readDesk).filter(({ keys }) => keys.length > 0);
  const desks = new Map(filled.map((ring) => [idOf(ring), ring]));
  return [...desks.values()].sort(byGeneration);
}

/** @throws ParleyError `NOT_ENROLLED` where the store holds no identity */
export async function readIdentity(store: KeyStore): Promise<Identity> {
  const record = (await readRecord(store, RECORD)) as IdentityRecord | null;
  if (record === null) throw new ParleyError('NOT_ENROLLED', 'This key store holds no keys yet.', 'Run `parley enrol` first.');
  return {
    authority: certain(parseAuthorityId(record.authority)),
    officer: certain(parseOfficerId(record.officer)),
    root: record.root === null ? null : signingKeyOf(bytesOf(record.root)),
    signing: signingKeyOf(bytesOf(record.signing)),
    auth: signingKeyOf(bytesOf(record.auth)),
    encryption: readDeskKey(record.encryption),
    desks: await readDesks(store, record.desks),
  };
}

const readDesk = ({ desk, generation, from, until, keys }: DeskRecord): DeskGeneration => ({
  desk: certain(parseDeskId(desk)),
  generation,
  from: certain(parseInstant(from)),
  until: certain(parseInstant(until)),
  keys: keys.map(readDeskKey),
});

const writeDesk = ({ desk, generation, from, until, keys }: DeskGeneration): DeskRecord => ({
  desk,
  generation,
  from: formatInstant(from),
  until: formatInstant(until),
  keys: keys.map(writeDeskKey),
});

export const writeDeskKey = ({ suite, publicKey, secret }: DeskKey): DeskKeyRecord => ({
  suite,
  secret: encodeBase64url(secret),
  ...(suite === OPENPGP_SUITE ? { publicKey: encodeBase64url(publicKey) } : {}),
});

/** @throws ParleyError `KEY_STORE_DAMAGED` */
export function readDeskKey(record: DeskKeyRecord): DeskKey {
  const suite = SUITES.find((one) => one === record.suite);
  if (suite === undefined)
    throw new ParleyError('KEY_STORE_DAMAGED', 'A key of an unknown suite.', 'Restore the key store from its backup.');
  const secret = bytesOf(record.secret);
  const publicKey = suite === OPENPGP_SUITE ? bytesOf(record.publicKey ?? '') : agePublicKey(suite, secret);
  return { kid: certain(parseKeyId(kidOf(suite, publicKey))), suite, publicKey, secret };
}

const bytesOf = (text: string): Uint8Array => certain(decodeBase64url(text));
