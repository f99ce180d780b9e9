/** What a refusal writes: one leaf in the stream of whoever tried, and nothing else. */
import type { Action } from '../../domain/audit-event.js';
import type { Caller } from '../../domain/caller.js';
import type { AuthorityId, Digest, OfficerId } from '../../domain/ids.js';
import type { Chance, CommitRow } from '../../domain/ports.js';
import type { Refusal } from '../../domain/refusal.js';
import type { Statement } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';
import { spokenAs } from '../../domain/vocabulary.js';
import type { Sight } from '../plan.js';
import { eventRow } from './bare-row.js';

const ACTION_OF: Readonly<Record<Statement['typ'], Action>> = {
  'parley-item+json': 'SEND',
  'parley-envelope+json': 'SEND',
  'parley-consent+json': 'CONSENT_GRANT',
  'parley-consent-refusal+json': 'CONSENT_REFUSE',
  'parley-consent-revocation+json': 'CONSENT_REVOKE',
  'parley-release+json': 'RELEASE',
  'parley-access+json': 'ACCESS',
  'parley-label+json': 'LABEL_CHANGE',
  'parley-use+json': 'USE',
  'parley-deletion+json': 'DELETE',
  'parley-inability+json': 'INABILITY',
  'parley-notice+json': 'NOTICE',
  'parley-approval+json': 'APPROVE',
  'parley-consultation+json': 'CONSULTATION',
  'parley-verification+json': 'VERIFY',
  'parley-entry+json': 'ENTRY',
  'parley-designation+json': 'DESIGNATE',
  'parley-designation-approval+json': 'APPROVE',
  'parley-agreement+json': 'AGREEMENT',
  'parley-revocation+json': 'KEY_REVOKE',
  'parley-root+json': 'ROOT_CHANGE',
  'parley-quorum-request+json': 'QUORUM_REQUEST',
  'parley-quorum-share+json': 'QUORUM_SHARE',
  'parley-session+json': 'LOGIN',
};

export interface Speaker {
  readonly authority: AuthorityId;
  readonly officer: OfficerId | null;
  readonly role: string | null;
}

export const speakerOf = (caller: Caller | null): Speaker | null =>
  caller === null ? null : { authority: caller.authority, officer: caller.officer, role: spokenAs(caller.roles) };

const isOfOurs = (typ: string): typ is Statement['typ'] => Object.hasOwn(ACTION_OF, typ);

/**
 * What an attempt was about, where it got far enough to say.
 *
 * @param typ as its header claims; what says none of ours is told as a sending
 */
export const sightOfAttempt = (typ: string): Sight => ({ action: isOfOurs(typ) ? ACTION_OF[typ] : 'SEND', parties: [], originators: [] });

/**
 * The row of a refusal. Only the one who tried sees it: what an authority considered and could not do is not the others' affair
 * (docs/decisions/0004).
 */
export function refusalRow(
  refusal: Refusal,
  attempt: {
    readonly log: string;
    readonly speaker: Speaker;
    readonly statement: Digest | null;
    readonly sight: Sight;
    readonly correlation: string;
    readonly policy: string;
  },
  now: Instant,
  chance: Chance,
): CommitRow {
  const { log, speaker, statement, sight, correlation, policy } = attempt;
  const codes = refusal.code === 'POLICY' ? refusal.violations.map((violation) => violation.code) : [refusal.code];
  const happening = {
    log,
    at: now,
    outcome: 'DENY' as const,
    correlation,
    actor: speaker,
    statement,
    policy: refusal.code === 'POLICY' ? policy : null,
    rules: refusal.violations.map((violation) => violation.rule),
    codes,
  };
  return eventRow(happening, { ...sight, parties: [speaker.authority], originators: [] }, { stage: 'refused' }, chance);
}
