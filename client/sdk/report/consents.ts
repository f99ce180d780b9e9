/** Consents as a view tells of them: who granted each, until when, and which uses rest on them. */
import type { AuditEvent } from '../../../domain/audit-event.js';
import { itemsOf, NONE, type Question } from './question.js';

/** A digest, who granted it, and until when. */
export function consentTexts(events: Question['events']): (digest: string) => string {
  const grants = new Map<string, AuditEvent>();
  for (const { event } of events)
    if (event.action === 'CONSENT_GRANT' && event.outcome === 'ALLOW') grants.set(event.object.statement ?? '', event);
  return (digest) => {
    const granted = grants.get(digest);
    return granted === undefined ? digest : `${digest} (${granted.actor.authority} – ${granted.until ?? ''})`;
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

/** Of a release that gave the item before it was used, or of a grant that reached the use. */
function consentsIn(event: AuditEvent, { at, purpose = '', object: { item } }: AuditEvent): readonly string[] {
  if (event.at > at) return NONE;
  if (event.action === 'RELEASE') return event.object.item === item ? event.consents : NONE;
  const { until = '', object, cut } = event;
  // one that had no room for its items may reach this one
  const isFor = event.purpose?.split('+').includes(purpose) === true && (cut === true || itemsOf(event).includes(item ?? ''));
  return isFor && at < until && object.statement !== undefined ? [object.statement] : NONE;
}
