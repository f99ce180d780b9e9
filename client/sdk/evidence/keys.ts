/** Whose key was it, and was it good when the log took in what it signed? Answered by what the authority's own root signed. */
import { decodeBase64url } from '../../../crypto/base64url.js';
import { listsOfficerKey, OFFICER_KEY_USES, revokedKeys, type Revoked } from '../../../domain/authority.js';
import type { AuthorityId, KeyId } from '../../../domain/ids.js';
import type { StatementOf } from '../../../domain/statement.js';
import { formatInstant, type Instant } from '../../../domain/time.js';
import { wrong } from './codes.js';

export type Entry = StatementOf<'parley-entry+json'>;
export type Revocation = StatementOf<'parley-revocation+json'>;

/** One authority as the file shows it, everything signed by a root that is believed. */
export interface Vouched {
  readonly authority: AuthorityId;
  /** that of its newest entry */
  readonly root: KeyId;
  /** `GIVEN`: by whoever checks. `DESIGNATION`: the operator's word that this is the authority's root */
  readonly by: 'GIVEN' | 'DESIGNATION';
  /** roots that were given for it, and that neither signed an entry here nor lead to one that did */
  readonly idle: readonly string[];
  /** oldest first: by root, then by number */
  readonly entries: readonly Entry[];
  readonly revocations: readonly Revocation[];
}
export type Directory = ReadonlyMap<string, Vouched>;

export interface VouchedKey {
  readonly officer: string;
  readonly publicKey: Uint8Array;
  readonly from: Instant;
  /** by its entry, or by the next one, which no longer lists it */
  readonly until: Instant;
  /** what all revocations of it, and of a device that it was lost with, say together; null: none */
  readonly revocation: Revoked | null;
}

/** @throws EvidenceWrong `KEY_UNKNOWN` */
export function keyOf(directory: Directory, authority: string, kid: KeyId, where: string): VouchedKey {
  const known = directory.get(authority) ?? wrong('KEY_UNKNOWN', where, `no entry of ${authority} is here`);
  const listing = known.entries.findLast(({ payload }) => payload.officers.some(({ signing }) => signing.kid === kid));
  const officer = listing?.payload.officers.find(({ signing }) => signing.kid === kid);
  const publicKey = officer === undefined ? null : decodeBase64url(officer.signing.publicKey);
  if (listing === undefined || officer === undefined || !publicKey?.ok)
    return wrong('KEY_UNKNOWN', where, `no entry of ${authority} lists ${kid}`);
  // an entry that no longer lists a key ended it, whatever it had been given; one in between that is not here ended it no later
  const next = known.entries[known.entries.indexOf(listing) + 1];
  const dropped = next !== undefined && !listsOfficerKey(next.payload, kid) ? next.payload.at : officer.until;
  return {
    officer: officer.officer,
    publicKey: publicKey.value,
    from: officer.from,
    until: dropped < officer.until ? dropped : officer.until,
    revocation: endOf(kid, officer, known),
  };
}

/** A lost or compromised key ends its officer's other keys too (`domain/authority.ts`, `isLockedOut`); doubt is cast on that key alone. */
function endOf(kid: KeyId, officer: Entry['payload']['officers'][number], { revocations }: Vouched): Revoked | null {
  const revoked = revokedKeys(revocations.map(({ payload }) => payload));
  const own = revoked.get(kid) ?? null;
  const lost = OFFICER_KEY_USES.flatMap((use) => revoked.get(officer[use].kid) ?? []).filter(({ reason }) => reason !== 'SCHEDULED');
  const first = [...(own === null ? [] : [own]), ...lost].toSorted((a, b) => a.at - b.at)[0];
  return first === undefined ? null : { ...first, doubtfulSince: own?.doubtfulSince ?? null };
}

/**
 * @param at when the log took in what it signed
 * @returns `doubtAt`
 * @throws EvidenceWrong `KEY_NOT_VALID`, `KEY_REVOKED`
 */
export function checkValid(key: VouchedKey, at: Instant, where: string): Instant | null {
  const { from, until, revocation } = key;
  if (at < from || at >= until)
    wrong('KEY_NOT_VALID', where, `good from ${formatInstant(from)} to ${formatInstant(until)}, not at ${formatInstant(at)}`);
  if (revocation !== null && at >= revocation.at) wrong('KEY_REVOKED', where, `${revocation.reason} at ${formatInstant(revocation.at)}`);
  return doubtAt(key, at);
}

export const isGood = ({ from, until, revocation }: VouchedKey, at: Instant): boolean =>
  at >= from && at < until && (revocation === null || at < revocation.at);

/** @returns since when its authority says that it may have been in other hands, where that was before `at`; else null */
export function doubtAt({ revocation }: VouchedKey, at: Instant): Instant | null {
  const since = revocation?.doubtfulSince ?? null;
  return since !== null && at >= since ? since : null;
}
