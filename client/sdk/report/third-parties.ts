/** Every third party that got what is ours, or got from us what others gave, each with the consent that it rests on (s 62(3) [F:S53]). */
import { consentTexts } from './consents.js';
import { foldHandedOn, isHandedOn } from './handed-on.js';
import { asked, commonOf, type ReportKind, type Row } from './question.js';

export const THIRD_PARTIES: ReportKind = {
  code: 'THIRD_PARTIES',
  columns: ['at', 'by', 'to', 'item', 'purpose', 'legalBasis', 'basis', 'consents', 'until', 'times', 'last', 'statement', 'place'],
  rows: (question) => {
    const { text, revoked } = consentTexts(question.events);
    return foldHandedOn(asked(question, isHandedOn)).map(({ first, until, times, last }): Row => {
      const { consents } = first.event;
      const ended = consents.map(revoked).filter((end) => end !== null);
      return {
        ...commonOf(first),
        consents: consents.map((consent) => text(consent)),
        until: ended.length === 0 ? until : ended,
        times,
        last,
      };
    });
  },
};
