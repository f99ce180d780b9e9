/**
 * The directory as the gateway holds it in memory: who is designated, whose keys are whose, valid when.
 * Built from stored designations, entries and revocations alone; `version` is the store's guard key `directory`.
 */
import type { AuthorityId, DeskId, Digest, KeyId, OfficerId } from './ids.js';
import { plusMs, type Instant } from './time.js';
import { CASE_ROLES, type AuthorityType, type Level, type OfficerRole, type ProfileId, type Seat, type Suite } from './vocabulary.js';
import type { AgreementPayload } from './wire/register.js';
import { rootsOf, termOf, type FormerRoot, type RootTerm } from './roots.js';
import { suspensionsOf, type InForce, type Silence } from './silences.js';
import type { DesignationPayload, EntryPayload, RevocationPayload, RootChangePayload } from './wire/directory.js';

export type Standing = 'ACTIVE' | 'SUSPENDED' | 'OBSERVER';

/** A designated authority. `entry` is null until its root has signed one: then nothing can be sealed to it. */
export interface Authority {
  readonly id: AuthorityId;
  /** the one that signs now */
  readonly root: KeyId;
  /** slot in the epoch map, in order of first designation, from 0 */
  readonly slot: number;
  readonly standing: Standing;
  /** the one that is in force: each one that says how it stands is another */
  readonly designation: Digest;
  readonly designatedTypes: readonly AuthorityType[];
  /** in networks; null: the operator says nothing of them, and its entry alone does */
  readonly designatedSeats: readonly Seat[] | null;
  readonly entry: EntryPayload | null;
  readonly entryDigest: Digest | null;
}

export interface OfficerKey {
  readonly authority: AuthorityId;
  readonly officer: OfficerId;
  readonly use: 'signing' | 'auth' | 'encryption';
  readonly publicKey: string;
  readonly roles: readonly OfficerRole[];
  readonly clearance: Level;
  readonly from: Instant;
  readonly until: Instant;
}

export interface ReceivingKey {
  readonly authority: AuthorityId;
  readonly desk: DeskId;
  readonly generation: number;
  readonly suite: Suite;
  readonly publicKey: string;
  readonly from: Instant;
  readonly until: Instant;
}

export interface Directory {
  /** the guard version that this state was read at */
  readonly version: number;
  readonly authorities: ReadonlyMap<AuthorityId, Authority>;
  readonly officerKeys: ReadonlyMap<KeyId, OfficerKey>;
  readonly receivingKeys: ReadonlyMap<KeyId, ReceivingKey>;
  /** when each was suspended, in order */
  readonly suspensions: ReadonlyMap<AuthorityId, readonly Silence[]>;
  /** by the code of whoever was before: who came after */
  readonly successors: ReadonlyMap<AuthorityId, AuthorityId>;
  /** of the operator's register, by their names there */
  readonly agreements: ReadonlyMap<string, AgreementPayload>;
  readonly revoked: ReadonlyMap<KeyId, Revoked>;
  /** every root that an authority ever had */
  readonly roots: ReadonlyMap<KeyId, RootTerm>;
}

/** What all revocations of one key say together: the earliest end, the gravest reason. */
export interface Revoked {
  readonly at: Instant;
  readonly reason: RevocationPayload['reason'];
  /** from when on it may have been in other hands: marks what it signed, and erases nothing */
  readonly doubtfulSince: Instant | null;
}

interface Logged<T> {
  readonly payload: T;
  readonly digest: Digest;
}

/**
 * @param designations in the order in which they came into force; the last one of an authority holds, the first gives its slot
 * @param entries in log order; the highest `seq` holds, keys of earlier ones keep opening what was sealed to them
 * @param rootChanges in log order
 * @param former roots that one reader compared anew, by authority
 */
export function createDirectory(
  version: number,
  designations: readonly (Logged<DesignationPayload> & InForce)[],
  entries: readonly Logged<EntryPayload>[],
  revocations: readonly Logged<RevocationPayload>[],
  agreements: readonly Logged<AgreementPayload>[] = [],
  rootChanges: readonly Logged<RootChangePayload>[] = [],
  former: Readonly<Record<string, readonly FormerRoot[]>> = {},
): Directory {
  const authorities = new Map<AuthorityId, Authority>();
  for (const { payload, digest } of designations) {
    const known = authorities.get(payload.authority);
    authorities.set(payload.authority, {
      id: payload.authority,
      root: payload.root,
      slot: known?.slot ?? authorities.size,
      standing: payload.status,
      designation: digest,
      designatedTypes: payload.types,
      designatedSeats: payload.networks ?? null,
      entry: null,
      entryDigest: null,
    });
  }
  const terms = termsOf(designations, rootChanges, former);
  for (const [id, authority] of authorities) authorities.set(id, { ...authority, root: terms.get(id)!.at(-1)!.kid });
  const officerKeys = new Map<KeyId, OfficerKey>();
  const receivingKeys = new Map<KeyId, ReceivingKey>();
  const last = new Map<AuthorityId, { readonly term: RootTerm; readonly entry: EntryPayload }>();
  for (const { payload, digest } of entries) {
    const authority = authorities.get(payload.authority);
    const term = termOf(payload, terms.get(payload.authority) ?? []);
    if (authority === undefined || term === null) continue;
    const before = last.get(payload.authority);
    if (before !== undefined && before.term.replacedAt === term.replacedAt) endDropped(before.entry, payload, officerKeys);
    last.set(payload.authority, { term, entry: payload });
    addKeys(payload, officerKeys, receivingKeys);
    // a root that was replaced lists nobody any more: its keys are history
    if (term.replacedAt !== null) endAll(payload, term.replacedAt, officerKeys);
    else authorities.set(payload.authority, { ...authority, entry: payload, entryDigest: digest });
  }
  const register = new Map(agreements.map(({ payload }) => [payload.agreement, payload]));
  const roots = new Map([...terms.values()].flat().map((term) => [term.kid, term]));
  const revoked = revokedKeys(revocations.map(({ payload }) => payload));
  const designated = { successors: successorsOf(designations), suspensions: suspensionsOf(designations) };
  return { version, authorities, officerKeys, receivingKeys, ...designated, agreements: register, revoked, roots };
}

function successorsOf(designations: readonly Logged<DesignationPayload>[]): Directory['successors'] {
  const newest = new Map(designations.map(({ payload }) => [payload.authority, payload]));
  return new Map([...newest.values()].flatMap(({ authority, succeeds = [] }) => succeeds.map((before) => [before, authority] as const)));
}

function termsOf(
  designations: readonly Logged<DesignationPayload>[],
  changes: readonly Logged<RootChangePayload>[],
  former: Readonly<Record<string, readonly FormerRoot[]>>,
): ReadonlyMap<AuthorityId, readonly RootTerm[]> {
  const said = new Map<AuthorityId, DesignationPayload[]>();
  for (const { payload } of designations) said.set(payload.authority, [...(said.get(payload.authority) ?? []), payload]);
  const payloads = changes.map(({ payload }) => payload);
  return new Map([...said].map(([authority, own]) => [authority, rootsOf(authority, own, payloads, former[authority])]));
}

const GRAVITY: readonly RevocationPayload['reason'][] = ['SCHEDULED', 'LOST', 'COMPROMISED'];

/** Each key with what all revocations of it say together. */
export function revokedKeys(revocations: readonly RevocationPayload[]): ReadonlyMap<KeyId, Revoked> {
  const revoked = new Map<KeyId, Revoked>();
  for (const payload of revocations) revoked.set(payload.kid, joined(revoked.get(payload.kid), payload));
  return revoked;
}

/** A key that was only scheduled to end may be found compromised later. */
function joined(before: Revoked | undefined, { at, reason, doubtfulSince: since }: RevocationPayload): Revoked {
  const doubtfulSince = since ?? null;
  if (before === undefined) return { at, reason, doubtfulSince };
  const doubts = [before.doubtfulSince, doubtfulSince].flatMap((since) => since ?? []);
  return {
    at: before.at < at ? before.at : at,
    reason: GRAVITY.indexOf(before.reason) > GRAVITY.indexOf(reason) ? before.reason : reason,
    doubtfulSince: doubts.toSorted((a, b) => a - b)[0] ?? null,
  };
}

/** Does it say of its key what no revocation said before? @returns null: nothing that is not known */
export function newsIn({ revoked }: Pick<Directory, 'revoked'>, payload: RevocationPayload): 'GRAVER' | 'EARLIER' | null {
  const before = revoked.get(payload.kid);
  const { at, reason, doubtfulSince } = joined(before, payload);
  if (before === undefined || reason !== before.reason) return 'GRAVER';
  return at < before.at || doubtfulSince !== before.doubtfulSince ? 'EARLIER' : null;
}

export const OFFICER_KEY_USES = ['signing', 'auth', 'encryption'] as const;

function addKeys(entry: EntryPayload, officerKeys: Map<KeyId, OfficerKey>, receivingKeys: Map<KeyId, ReceivingKey>): void {
  const { authority } = entry;
  for (const { officer, roles, clearance, from, until, ...keys } of entry.officers)
    for (const use of OFFICER_KEY_USES) {
      const { kid, publicKey } = keys[use];
      officerKeys.set(kid, { authority, officer, use, publicKey, roles, clearance, from, until });
    }
  for (const { desk, generation, keys, from, until } of entry.desks)
    for (const { kid, suite, publicKey } of keys) receivingKeys.set(kid, { authority, desk, generation, suite, publicKey, from, until });
}

export const listsOfficerKey = (entry: EntryPayload, kid: KeyId): boolean =>
  entry.officers.some((officer) => OFFICER_KEY_USES.some((use) => officer[use].kid === kid));

/** The key of an officer whom the next entry no longer lists ended when that entry was signed, whatever it had been given. */
function endDropped(before: EntryPayload, next: EntryPayload, officerKeys: Map<KeyId, OfficerKey>): void {
  for (const officer of before.officers)
    for (const use of OFFICER_KEY_USES) {
      const { kid } = officer[use];
      // listed by the entry before, so it is there
      const key = officerKeys.get(kid)!;
      if (key.authority === before.authority && next.at < key.until && !listsOfficerKey(next, kid))
        officerKeys.set(kid, { ...key, until: next.at });
    }
}

/** Officers' keys of an entry whose root was replaced ended then at the latest. */
function endAll({ officers }: EntryPayload, at: Instant, officerKeys: Map<KeyId, OfficerKey>): void {
  for (const officer of officers)
    for (const use of OFFICER_KEY_USES) {
      const { kid } = officer[use];
      const key = officerKeys.get(kid)!;
      if (at < key.until) officerKeys.set(kid, { ...key, until: at });
    }
}

/** Since when a key may have been in other hands, where that is before `at`; null: nobody says so. */
export function doubtAt({ revoked }: Directory, kid: KeyId, at: Instant): Instant | null {
  const since = revoked.get(kid)?.doubtfulSince ?? null;
  return since !== null && at >= since ? since : null;
}

/**
 * A lost or compromised key means a device in other hands, and with it the officer's other keys: nothing of theirs is good until they have
 * all been replaced. A key that ended as scheduled leaves the others, and a session that runs, alone.
 */
export const isLockedOut = ({ revoked }: Directory, officer: EntryPayload['officers'][number]): boolean =>
  OFFICER_KEY_USES.some((use) => (revoked.get(officer[use].kid)?.reason ?? 'SCHEDULED') !== 'SCHEDULED');

/** May this key do its work now? An officer dropped from the newest entry may not, whatever an older entry says. */
export function currentOfficer(directory: Directory, kid: KeyId, use: OfficerKey['use'], now: Instant): OfficerKey | null {
  const key = directory.officerKeys.get(kid);
  if (key === undefined || key.use !== use || directory.revoked.has(kid) || now < key.from || now >= key.until) return null;
  const entry = directory.authorities.get(key.authority)?.entry;
  const row = entry?.officers.find((officer) => officer[use].kid === kid);
  return entry && row && !isLockedOut(directory, row) && now < entry.validUntil ? key : null;
}

/** From when on the key may do its work, where time alone stands in its way. */
export function beginsAt(directory: Directory, kid: KeyId, use: OfficerKey['use'], now: Instant): Instant | null {
  const from = directory.officerKeys.get(kid)?.from ?? now;
  return from > now && currentOfficer(directory, kid, use, from) !== null ? from : null;
}

/** When the key's work ended, by its officer's term or by its entry's, where time alone stands in its way. */
export function endedAt(directory: Directory, kid: KeyId, use: OfficerKey['use'], now: Instant): Instant | null {
  const key = directory.officerKeys.get(kid);
  const entry = key && directory.authorities.get(key.authority)?.entry;
  if (!entry) return null;
  const end = key.until < entry.validUntil ? key.until : entry.validUntil;
  return end <= now && currentOfficer(directory, kid, use, plusMs(end, -1)) !== null ? end : null;
}

/** Sits at the desk and handles exchanges: COMPLIANCE and OPERATOR hold no desk secret, wherever they are listed. */
export const sitsAt = (officer: EntryPayload['officers'][number], desk: DeskId): boolean =>
  officer.desks.includes(desk) && officer.roles.some((role) => CASE_ROLES.includes(role));

/** May keep a desk's keyring: whoever sits at it, and a SUPERVISOR. */
export const mayWrap = (officer: EntryPayload['officers'][number], desk: DeskId): boolean =>
  officer.roles.includes('SUPERVISOR') || sitsAt(officer, desk);

/** Has an entry of the authority, old or new, named this generation of this desk's keys? */
export const namesGeneration = (
  { receivingKeys }: Pick<Directory, 'receivingKeys'>,
  wanted: Pick<ReceivingKey, 'authority' | 'desk' | 'generation'>,
): boolean =>
  [...receivingKeys.values()].some(
    ({ authority, desk, generation }) => authority === wanted.authority && desk === wanted.desk && generation === wanted.generation,
  );

/**
 * Keys that a sender may seal to now: the newest entry's desks that serve `type`, not revoked, not ended. Read from what the
 * authority's own root signed and not by key id: another that lists bytes of its own under this id would be sealed to instead.
 */
export function currentReceivingKeys(
  directory: Directory,
  id: AuthorityId,
  type: AuthorityType,
  now: Instant,
): readonly (ReceivingKey & { readonly kid: KeyId })[] {
  const entry = directory.authorities.get(id)?.entry;
  if (!entry || now >= entry.validUntil) return [];
  return entry.desks
    .filter((desk) => desk.types.includes(type) && now >= desk.from && now < desk.until)
    .flatMap(({ desk, generation, keys, from, until }) => keys.map((key) => ({ ...key, authority: id, desk, generation, from, until })))
    .filter(({ kid }) => !directory.revoked.has(kid));
}

/** An authority acts as a type only where both its own entry and the operator's designation say so. */
export const hasType = (authority: Authority, type: AuthorityType): boolean =>
  authority.designatedTypes.includes(type) && authority.entry !== null && authority.entry.types.includes(type);

export const presumes = (authority: Authority, profile: ProfileId): boolean => authority.entry?.presumedConsent.includes(profile) ?? false;
