/** Who saw an item, when, why, on which basis: readings, and what gave it (9.2; UK DPA 2018 s 62(2) [F:S53]). */
import { consentTexts } from './consents.js';
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
  rows: (question) => {
    const { text } = consentTexts(question.events);
    const seen = asked(question, ({ event }) => SEEN.has(event.action) && event.outcome === 'ALLOW' && itemsOf(event).length > 0);
    return seen.map((read) => ({ ...commonOf(read), consents: read.event.consents.map((consent) => text(consent, read.event.at)) }));
  },
};
