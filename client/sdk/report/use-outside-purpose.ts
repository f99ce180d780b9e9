/** Uses, releases and readings that went beyond what the information was given for, and were refused; and uses that rest on a consent. */
import { asked, commonOf, type ReportKind } from './question.js';
import { foldTries, rowOfTry } from './tries.js';

const BEYOND: ReadonlySet<string> = new Set([
  'USE_BEYOND_PURPOSE',
  'EVIDENCE_USE_PROHIBITED',
  'CONSENT_SCOPE_EXCEEDED',
  'CONDITION_NOT_MET',
]);

export const USE_OUTSIDE_PURPOSE: ReportKind = {
  code: 'USE_OUTSIDE_PURPOSE',
  columns: ['at', 'outcome', 'times', 'action', 'by', 'officer', 'to', 'item', 'purpose', 'codes', 'consents', 'place'],
  rows: (question) => {
    const reads = asked(question);
    const beyond = foldTries(reads.filter(({ event }) => event.codes.some((code) => BEYOND.has(code))));
    const byConsent = reads.filter(({ event }) => event.action === 'USE' && event.outcome === 'ALLOW' && event.consents.length > 0);
    return [...beyond.map(rowOfTry), ...byConsent.map((read) => ({ ...commonOf(read), times: 1 }))];
  },
};
