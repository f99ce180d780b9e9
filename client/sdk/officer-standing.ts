/** What became of an officer since the entry that lists them: who is listed may have keys that ended. */
import { currentOfficer, isLockedOut, OFFICER_KEY_USES, type Directory, type OfficerKey } from '../../domain/authority.js';
import type { Instant } from '../../domain/time.js';
import type { EntryPayload } from '../../domain/wire/directory.js';

type EntryOfficer = EntryPayload['officers'][number];

/** `REVOKED`: a key of theirs was; `ENDED`, `NOT_YET`: by the term that the entry gives them. */
export type OfficerStanding = 'GOOD' | 'NOT_YET' | 'ENDED' | 'REVOKED';

export interface ListedOfficer extends EntryOfficer {
  readonly standing: OfficerStanding;
  /** which of their keys are good for nothing any more: all, where a device was lost or in other hands */
  readonly revoked: readonly OfficerKey['use'][];
}

/** @param directory the one whose newest entry lists them */
export function listed(officer: EntryOfficer, directory: Directory, now: Instant): ListedOfficer {
  const isShutOut = isLockedOut(directory, officer);
  const revoked = OFFICER_KEY_USES.filter((use) => isShutOut || directory.revoked.has(officer[use].kid));
  const inTerm = now >= officer.until ? 'ENDED' : now < officer.from ? 'NOT_YET' : 'GOOD';
  return { ...officer, standing: revoked.length > 0 ? 'REVOKED' : inTerm, revoked };
}

/** Can they sign in and sign now? Without both nobody agrees to anything. */
export const canAct = ({ signing, auth }: EntryOfficer, directory: Directory, now: Instant): boolean =>
  currentOfficer(directory, signing.kid, 'signing', now) !== null && currentOfficer(directory, auth.kid, 'auth', now) !== null;
