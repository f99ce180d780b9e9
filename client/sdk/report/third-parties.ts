/** Every third party that got what is ours, or got from us what others gave, each with the consent that it rests on (s 62(3) [F:S53]). */
import type { AuditRead } from '../audit.js';
import { consentTexts } from './consents.js';
import { asked, commonOf, type ReportKind, type Row } from './question.js';

export const isHandedOn = ({ event }: AuditRead): boolean =>
  event.action === 'RELEASE' && event.outcome === 'ALLOW' && event.basis !== 'RESEAL';

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
