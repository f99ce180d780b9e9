/** Who saw an item, when, why, on which basis: readings, and what gave it (9.2; UK DPA 2018 s 62(2) [F:S53]). */
import { asked, commonOf, itemsOf, type ReportKind } from './question.js';

const SEEN: ReadonlySet<string> = new Set(['ACCESS', 'QUORUM_ACCESS', 'SEND', 'RELEASE']);

export const WHO_SAW: ReportKind = {
  code: 'WHO_SAW',
  columns: [
    'at',
    'action',
    'by',
    'officer',
    'to',
    'item',
    'purpose',
    'justification',
    'basis',
    'legalBasis',
    'consents',
    'exchange',
    'place',
  ],
  rows: (question) =>
    asked(question, ({ event }) => SEEN.has(event.action) && event.outcome === 'ALLOW' && itemsOf(event).length > 0).map(commonOf),
};
