/** Every third party that got what is ours, or got from us what others gave, each with the consent that it rests on (s 62(3) [F:S53]). */
import type { AuditEvent } from '../../../domain/audit-event.js';
import type { AuditRead } from '../audit.js';
import { asked, commonOf, type Question, type ReportKind, type Row } from './question.js';

export const isHandedOn = ({ event }: AuditRead): boolean =>
  event.action === 'RELEASE' && event.outcome === 'ALLOW' && event.basis !== 'RESEAL';

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

export const THIRD_PARTIES: ReportKind = {
  code: 'THIRD_PARTIES',
  columns: ['at', 'by', 'to', 'item', 'purpose', 'legalBasis', 'basis', 'consents', 'until', 'place'],
  rows: (question) => {
    const textOf = consentTexts(question.events);
    return asked(question, isHandedOn).map((read): Row => ({
      ...commonOf(read),
      consents: read.event.consents.map(textOf),
      until: read.event.until ?? '',
    }));
  },
};
