/** Grants that end in the time that is asked about; without one, in the next thirty days. */
import { DAY_MS, formatInstant, plusMs } from '../../../domain/time.js';
import type { AuditRead } from '../audit.js';
import { daysBetween } from './overdue.js';
import { commonOf, isAsked, type Question, type ReportKind } from './question.js';

const AHEAD_DAYS = 30;

function span({ from, to, now }: Question): readonly [string, string] {
  return [from ?? formatInstant(now), to ?? formatInstant(plusMs(now, AHEAD_DAYS * DAY_MS))];
}

export const CONSENTS_EXPIRING: ReportKind = {
  code: 'CONSENTS_EXPIRING',
  columns: ['until', 'daysLeft', 'by', 'to', 'item', 'purpose', 'uses', 'consents', 'at', 'place'],
  rows: (question) => {
    const [from, to] = span(question);
    const uses = new Map<string, number>();
    const revoked = new Set<string>();
    const grants: AuditRead[] = [];
    for (const read of question.events) {
      const { action, outcome, consents, until = '' } = read.event;
      if (outcome === 'DENY') continue;
      if (action === 'CONSENT_REVOKE') for (const consent of consents) revoked.add(consent);
      else if (action === 'RELEASE') for (const consent of consents) uses.set(consent, (uses.get(consent) ?? 0) + 1);
      else if (action === 'CONSENT_GRANT' && outcome === 'ALLOW' && until >= from && until < to) grants.push(read);
    }
    return grants
      .filter((read) => isAsked(read, question) && !revoked.has(read.event.object.statement ?? ''))
      .map((read) => {
        const { until = '', object } = read.event;
        const consent = object.statement ?? '';
        return { ...commonOf(read), until, daysLeft: -daysBetween(until, question.now), consents: consent, uses: uses.get(consent) ?? 0 };
      })
      .sort((a, b) => (a.until < b.until ? -1 : 1));
  },
};
