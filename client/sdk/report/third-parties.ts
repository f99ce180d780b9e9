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
    const { text, revoked } = consentTexts(question.events);
    return asked(question, isHandedOn).map((read): Row => {
      const { consents, until = '' } = read.event;
      const ended = consents.map(revoked).filter((end) => end !== null);
      return { ...commonOf(read), consents: consents.map((consent) => text(consent)), until: ended.length === 0 ? until : ended };
    });
  },
};
