/** Consents as a view tells of them: who granted each, until when, and which uses rest on them. */
import type { AuditEvent } from '../../../domain/audit-event.js';
import { isAbout, NONE, type Question } from './question.js';

/** Stands behind a consent that had ended when the item was read or used. */
export const AFTER_END = 'AFTER_END';

/** A digest, who granted it, and its end: `UNTIL`, as it was granted, or `REVOKED`, where that came earlier. */
export interface ConsentTexts {
  /** @param at RFC 3339, when something was done on it; absent: nothing is said of that */
  text(digest: string, at?: string): string;
  /** `REVOKED` with the time; null: no revocation ended it */
  revoked(digest: string): string | null;
}

export function consentTexts(events: Question['events']): ConsentTexts {
  const grants = new Map<string, AuditEvent>();
  const revocations = new Map<string, string>();
  for (const { event } of events) {
    if (event.outcome !== 'ALLOW') continue;
    if (event.action === 'CONSENT_GRANT') grants.set(event.object.statement ?? '', event);
    else if (event.action === 'CONSENT_REVOKE') for (const consent of event.consents) revocations.set(consent, event.at);
  }
  const isRevoked = (digest: string): boolean => {
    const at = revocations.get(digest);
    const until = grants.get(digest)?.until;
    return at !== undefined && (until === undefined || at < until);
  };
  const endOf = (digest: string): string => (isRevoked(digest) ? revocations.get(digest) : grants.get(digest)?.until) ?? '';
  const revoked = (digest: string): string | null => (isRevoked(digest) ? `REVOKED ${endOf(digest)}` : null);
  return {
    revoked,
    text(digest, at) {
      const end = endOf(digest);
      if (end === '') return digest;
      const by = grants.get(digest)?.actor.authority;
      const said = `${digest} (${by === undefined ? '' : `${by} – `}${revoked(digest) ?? `UNTIL ${end}`})`;
      return at !== undefined && at >= end ? `${said} ${AFTER_END}` : said;
    },
  };
}

/**
 * On which consents a use rests. Its own event cites none: they are those of the releases that gave the item to whoever uses it, and those
 * that were granted to it for this purpose.
 *
 * @returns digests; empty: on none
 */
export function consentsOfUses(events: Question['events']): (use: AuditEvent) => readonly string[] {
  const given = new Map<string, AuditEvent[]>();
  for (const { event } of events) {
    const { action, outcome, counterparty = '', consents } = event;
    if (outcome !== 'ALLOW' || (action !== 'CONSENT_GRANT' && (action !== 'RELEASE' || consents.length === 0))) continue;
    const known = given.get(counterparty);
    if (known === undefined) given.set(counterparty, [event]);
    else known.push(event);
  }
  return (use) => [...new Set((given.get(use.actor.authority) ?? []).flatMap((event) => consentsIn(event, use)))];
}

/** To another role of the body than the one that uses it: nothing of that reaches the use (decisions/0033). */
const isToAnother = ({ toType }: AuditEvent, { holderType }: AuditEvent): boolean =>
  toType !== undefined && holderType !== undefined && toType !== holderType;

/** Of a release that gave the item before it was used, or of a grant that reached the use. */
function consentsIn(event: AuditEvent, use: AuditEvent): readonly string[] {
  const {
    at,
    purpose = '',
    object: { item },
  } = use;
  if (event.at > at || isToAnother(event, use)) return NONE;
  if (event.action === 'RELEASE') return event.object.item === item ? event.consents : NONE;
  const { until = '', object } = event;
  const isFor = event.purpose?.split('+').includes(purpose) === true && isAbout(event, item ?? '');
  return isFor && at < until && object.statement !== undefined ? [object.statement] : NONE;
}
