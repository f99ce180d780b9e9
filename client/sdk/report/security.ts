/** What an officer for security looks at: forged or repeated statements, keys that ended early, who was shut out, who opened what by quorum, who read this log. */
import type { AuditRead } from '../audit.js';
import { asked, commonOf, type Question, type ReportKind, type Row } from './question.js';
import { foldTries, isRefused, rowOfTry } from './tries.js';

const ATTACKS: ReadonlySet<string> = new Set([
  'SIGNATURE_INVALID',
  'KEY_NOT_TRUSTED',
  'WRONG_AUDIENCE',
  'CALLER_MISMATCH',
  'REPLAY_DETECTED',
  'SEALS_MISMATCH',
  'BODY_MISMATCH',
  'ROLE_REQUIRED',
  'NOT_HOLDER',
  'NOT_AT_DESK',
  'CLASSIFICATION_EXCEEDS_CLEARANCE',
  'PARTICIPANT_SUSPENDED',
  'UNPROTECTED_CHANNEL',
]);

const isAttack = ({ event }: AuditRead): boolean => event.codes.some((code) => ATTACKS.has(code));

function isOfNote({ event }: AuditRead, { authority }: Question): boolean {
  switch (event.action) {
    case 'STRANGERS_REFUSED':
    case 'PARK':
    case 'ROOT_CHANGE':
    case 'QUORUM_REQUEST':
    case 'QUORUM_SHARE':
    case 'QUORUM_ACCESS':
    case 'RESTORED':
      return true;
    case 'KEY_REVOKE':
      return event.basis !== 'SCHEDULED';
    case 'DESIGNATE':
      return event.basis?.startsWith('SUSPENDED') === true;
    case 'SEND':
      return event.outcome === 'ALLOW' && event.object.message === 'UNDECIPHERABLE';
    case 'REPORT':
      return event.outcome === 'DONE' && event.actor.authority !== authority;
    default:
      return false;
  }
}

export const SECURITY: ReportKind = {
  code: 'SECURITY',
  columns: ['at', 'last', 'times', 'action', 'outcome', 'by', 'officer', 'to', 'item', 'basis', 'codes', 'statement', 'place'],
  rows: (question) => {
    const attacks = foldTries(asked(question, (read) => isRefused(read) && isAttack(read))).map(rowOfTry);
    const others = asked(question, (read) => isOfNote(read, question) && !isAttack(read));
    return [...attacks, ...others.map((read): Row => ({ ...commonOf(read), times: 1 }))].sort((a, b) => Number(a.place) - Number(b.place));
  },
};
