/** Grants that end in the time that is asked about; without one, in the next thirty days. */
import { DAY_MS, formatInstant, plusMs } from '../../../domain/time.js';
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
    for (const { event } of question.events) {
      if (event.outcome === 'DENY') continue;
      if (event.action === 'CONSENT_REVOKE') for (const consent of event.consents) revoked.add(consent);
      if (event.action === 'RELEASE') for (const consent of event.consents) uses.set(consent, (uses.get(consent) ?? 0) + 1);
    }
    return question.events
      .filter((read) => {
        const { action, outcome, until = '', object } = read.event;
        if (action !== 'CONSENT_GRANT' || outcome !== 'ALLOW' || !isAsked(read, question)) return false;
        return until >= from && until < to && !revoked.has(object.statement ?? '');
      })
      .map((read) => {
        const { until = '', object } = read.event;
        const consent = object.statement ?? '';
        return { ...commonOf(read), until, daysLeft: -daysBetween(until, question.now), consents: consent, uses: uses.get(consent) ?? 0 };
      })
      .sort((a, b) => (a.until < b.until ? -1 : 1));
  },
};
