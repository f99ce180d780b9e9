/**
 * Whose key was it, and was it good then? From a root that was given, or that the operator's designation names, through the entries that it
 * signed, to the officer's key at log time.
 */
import { decodeBase64url } from '../../../crypto/base64url.js';
import { listsOfficerKey } from '../../../domain/authority.js';
import type { AuthorityId, KeyId } from '../../../domain/ids.js';
import type { StatementOf } from '../../../domain/statement.js';
import { formatInstant, type Instant } from '../../../domain/time.js';
import type { EvidenceManifest } from '../../../domain/wire/evidence.js';
import { isSignedBy, readStatementOf } from '../statements.js';
import { wrong } from './codes.js';
import type { Dossier } from './dossier.js';
import { memberName } from './layout.js';

type Entry = StatementOf<'parley-entry+json'>;
type Revocation = StatementOf<'parley-revocation+json'>;

/** Root fingerprints that the verifier got another way, by authority. */
export type GivenRoots = ReadonlyMap<string, string>;

export interface VouchedKey {
  readonly officer: string;
  readonly publicKey: Uint8Array;
  readonly from: Instant;
  /** by its entry, or by the next one, which no longer lists it */
  readonly until: Instant;
  readonly revocation: Revocation['payload'] | null;
}

/** One authority as the file shows it, everything signed by a root that is believed. */
export interface Vouched {
  readonly authority: AuthorityId;
  readonly root: KeyId;
  /** `GIVEN`: by whoever checks. `DESIGNATION`: the operator's word that this is the authority's root */
  readonly by: 'GIVEN' | 'DESIGNATION';
  /** by their numbers */
  readonly entries: readonly Entry[];
  readonly revocations: readonly Revocation[];
}
export type Directory = ReadonlyMap<string, Vouched>;

/** @throws EvidenceWrong `OPERATOR_DIFFERS`, `DESIGNATION_INVALID`, `ROOT_UNKNOWN`, `ROOT_DIFFERS`, `ENTRY_INVALID`, `REVOCATION_INVALID` */
export async function vouchedDirectory(dossier: Dossier, manifest: EvidenceManifest, given: GivenRoots): Promise<Directory> {
  const designated = await designatedRoots(dossier, manifest, given);
  const entries = [...dossier.entries].map(([key, compact]) => entryNamed(key, compact, manifest.aud));
  const vouched = new Map<string, Vouched>();
  for (const authority of new Set(entries.map(({ payload }) => payload.authority))) {
    const own = entries.filter(({ payload }) => payload.authority === authority).toSorted((a, b) => a.payload.seq - b.payload.seq);
    const said = designated.get(authority);
    const root = given.get(authority) ?? said ?? wrong('ROOT_UNKNOWN', authority);
    if (said !== undefined && said !== root) wrong('ROOT_DIFFERS', authority, 'the operator designated another one than was given');
    for (const entry of own) await checkEntry(entry, root);
    const revocations = await revocationsOf(dossier, manifest.aud, own.at(-1)!);
    vouched.set(authority, {
      authority,
      root: own[0]!.payload.root.kid,
      by: given.has(authority) ? 'GIVEN' : 'DESIGNATION',
      entries: own,
      revocations,
    });
  }
  for (const compact of dossier.revocations.values()) {
    const read = readStatementOf('parley-revocation+json', compact);
    if (!read.ok || !vouched.has(read.value.payload.authority))
      wrong('REVOCATION_INVALID', 'directory/revocations/', 'of an authority that has no entry here');
  }
  return vouched;
}

/** @throws EvidenceWrong `KEY_UNKNOWN` */
export function keyOf(directory: Directory, authority: string, kid: KeyId, where: string): VouchedKey {
  const known = directory.get(authority) ?? wrong('KEY_UNKNOWN', where, `no entry of ${authority} is here`);
  const listing = known.entries.findLast(({ payload }) => payload.officers.some(({ signing }) => signing.kid === kid));
  const officer = listing?.payload.officers.find(({ signing }) => signing.kid === kid);
  const publicKey = officer === undefined ? null : decodeBase64url(officer.signing.publicKey);
  if (listing === undefined || officer === undefined || !publicKey?.ok)
    return wrong('KEY_UNKNOWN', where, `no entry of ${authority} lists ${kid}`);
  const next = known.entries.find(({ payload }) => payload.seq === listing.payload.seq + 1);
  // the entry that no longer lists a key ended it, whatever it had been given
  const dropped = next !== undefined && !listsOfficerKey(next.payload, kid) ? next.payload.at : officer.until;
  return {
    officer: officer.officer,
    publicKey: publicKey.value,
    from: officer.from,
    until: dropped < officer.until ? dropped : officer.until,
    revocation: known.revocations.find(({ payload }) => payload.kid === kid)?.payload ?? null,
  };
}

/**
 * @param at when the log took in what it signed
 * @returns since when its authority says that it may have been in other hands, where that was before `at`; else null
 * @throws EvidenceWrong `KEY_NOT_VALID`, `KEY_REVOKED`
 */
export function checkValid({ from, until, revocation }: VouchedKey, at: Instant, where: string): Instant | null {
  if (at < from || at >= until)
    wrong('KEY_NOT_VALID', where, `good from ${formatInstant(from)} to ${formatInstant(until)}, not at ${formatInstant(at)}`);
  if (revocation === null) return null;
  if (at >= revocation.at) wrong('KEY_REVOKED', where, `${revocation.reason} at ${formatInstant(revocation.at)}`);
  return revocation.doubtfulSince !== undefined && at >= revocation.doubtfulSince ? revocation.doubtfulSince : null;
}

async function designatedRoots(
  { designations }: Dossier,
  { aud, operator }: EvidenceManifest,
  given: GivenRoots,
): Promise<Map<string, string>> {
  const key = decodeBase64url(operator.root.publicKey);
  const own = given.get(operator.authority);
  if (!key.ok || (own !== undefined && own !== operator.root.kid)) return wrong('OPERATOR_DIFFERS', operator.authority);
  const roots = new Map<string, string>();
  for (const [authority, compact] of designations) {
    const where = memberName('designation', authority);
    const read = readStatementOf('parley-designation+json', compact);
    if (!read.ok) return wrong('DESIGNATION_INVALID', where, read.error);
    const { payload, kid } = read.value;
    if (payload.authority !== authority || payload.aud !== aud || payload.operator !== operator.authority || kid !== operator.root.kid)
      wrong('DESIGNATION_INVALID', where, 'of another authority, log or operator');
    if (!(await isSignedBy(compact, key.value))) wrong('DESIGNATION_INVALID', where, 'not signed by the operator’s root');
    roots.set(authority, payload.root);
  }
  return roots;
}

function entryNamed(key: string, compact: string, aud: string): Entry {
  const read = readStatementOf('parley-entry+json', compact);
  if (!read.ok) return wrong('ENTRY_INVALID', memberName('entry', key), read.error);
  const { authority, seq, aud: log } = read.value.payload;
  return `${authority}.${seq}` === key && log === aud
    ? read.value
    : wrong('ENTRY_INVALID', memberName('entry', key), 'it is another one, or of another log');
}

async function checkEntry({ payload, kid, compact }: Entry, root: string): Promise<void> {
  const where = memberName('entry', `${payload.authority}.${payload.seq}`);
  if (payload.root.kid !== root || kid !== root) wrong('ROOT_DIFFERS', where, `not the root ${root}`);
  const key = decodeBase64url(payload.root.publicKey);
  // the signature also proves that the key is the one of that fingerprint
  if (!key.ok || !(await isSignedBy(compact, key.value))) wrong('ENTRY_INVALID', where, 'not signed by its root');
}

async function revocationsOf({ revocations }: Dossier, aud: string, { payload: { authority, root } }: Entry): Promise<Revocation[]> {
  const key = decodeBase64url(root.publicKey);
  const own: Revocation[] = [];
  for (const [digest, compact] of revocations) {
    const where = memberName('revocation', digest);
    const read = readStatementOf('parley-revocation+json', compact);
    if (!read.ok) return wrong('REVOCATION_INVALID', where, read.error);
    if (read.value.payload.authority !== authority) continue;
    if (read.value.digest !== digest || read.value.payload.aud !== aud)
      wrong('REVOCATION_INVALID', where, 'it is another one, or of another log');
    if (!key.ok || !(await isSignedBy(compact, key.value))) wrong('REVOCATION_INVALID', where, 'not signed by the authority’s root');
    own.push(read.value);
  }
  return own;
}
