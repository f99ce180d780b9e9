/**
 * Who may look at whose log. An authority's own COMPLIANCE officers read its view; officers of OVERSIGHT read that of an authority
 * whose own signed entry names their body; who operates sees counts. Nobody of them sees content.
 */
import type { Directory } from './authority.js';
import type { Caller } from './caller.js';
import type { AuthorityId } from './ids.js';
import { refusal, type Refusal } from './refusal.js';

/** Every report there is, by the code that stands in the leaf of its reading (9.2). `EVENTS` is the view as it stands. */
export const REPORTS = [
  'EVENTS',
  'EVIDENCE',
  'DISCLOSURES',
  'WHO_SAW',
  'THIRD_PARTIES',
  'REFUSED',
  'OVERDUE',
  'CONSENTS_EXPIRING',
  'PAST_RETENTION',
  'ERASURES',
  'LAWFUL_NOTICES',
  'CAVEAT_CHANGES',
  'USE_OUTSIDE_PURPOSE',
  'SECURITY',
  'KEYS_AND_DIRECTORY',
  'REQUEST_RECORDS',
  'QUARTERLY',
  'STATISTICS',
  'COUNTS',
] as const;
export type ReportCode = (typeof REPORTS)[number];

/** What a log may be read for: UK DPA 2018 s 62(4) [F:S53], LED 25(2) [M]; statistics without persons: AMLD6 27 [F:S19]. */
export const READING_PURPOSES = ['LAWFULNESS', 'SELF_MONITORING', 'INTEGRITY_AND_SECURITY', 'CRIMINAL_PROCEEDINGS', 'STATISTICS'] as const;
export type ReadingPurpose = (typeof READING_PURPOSES)[number];

const unfit = (detail: string): Refusal => refusal('ROLE_REQUIRED', detail);

/**
 * @param of whose log
 * @param operator who runs this gateway; counts concern everybody, so nobody else's OPERATOR has them
 * @returns why not; null: it may be read
 */
export function objectionToReading(
  report: ReportCode,
  of: AuthorityId,
  { authority, roles }: Pick<Caller, 'authority' | 'roles'>,
  { directory, operator }: { readonly directory: Directory; readonly operator: AuthorityId },
): Refusal | null {
  if (report === 'COUNTS')
    return authority === operator && of === operator && roles.includes('OPERATOR')
      ? null
      : unfit('counts of the whole log are for an OPERATOR of the gateway’s operator');
  return objectionToEvents(of, { authority, roles }, directory);
}

/** The same of the events themselves: asked when they are opened, and again of each page, since a role or an overseer may be gone since. */
export function objectionToEvents(
  of: AuthorityId,
  { authority, roles }: Pick<Caller, 'authority' | 'roles'>,
  directory: Directory,
): Refusal | null {
  if (of === authority) return roles.includes('COMPLIANCE') ? null : unfit('asked for: COMPLIANCE');
  if (!roles.includes('OVERSIGHT')) return unfit('the log of another authority is for OVERSIGHT alone');
  if (directory.authorities.get(authority)?.standing !== 'ACTIVE') return unfit(`${authority} is not an active participant`);
  // its own root signed it: the operator cannot appoint anybody
  return overseersOf(directory, of).includes(authority) ? null : unfit(`the entry of ${of} does not name ${authority} as its overseer`);
}

export const overseersOf = ({ authorities }: Directory, of: AuthorityId): readonly AuthorityId[] =>
  authorities.get(of)?.entry?.overseers ?? [];
