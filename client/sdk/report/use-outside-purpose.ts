/** Uses, releases and readings that went beyond what the information was given for, and were refused; and uses that rest on a consent. */
import type { AuditRead } from '../audit.js';
import { consentsOfUses, consentTexts } from './consents.js';
import { asked, commonOf, type ReportKind } from './question.js';
import { foldTries, isRefused, rowOfTry } from './tries.js';

const BEYOND: ReadonlySet<string> = new Set([
  'USE_BEYOND_PURPOSE',
  'EVIDENCE_USE_PROHIBITED',
  'CONSENT_SCOPE_EXCEEDED',
  'CONDITION_NOT_MET',
]);

const isBeyond = ({ event }: AuditRead): boolean => event.codes.some((code) => BEYOND.has(code));

export const USE_OUTSIDE_PURPOSE: ReportKind = {
  code: 'USE_OUTSIDE_PURPOSE',
  columns: ['at', 'outcome', 'times', 'action', 'by', 'officer', 'to', 'item', 'purpose', 'codes', 'consents', 'statement', 'place'],
  rows: (question) => {
    const beyond = foldTries(asked(question, (read) => isRefused(read) && isBeyond(read)));
    const { text } = consentTexts(question.events);
    const consentsOf = consentsOfUses(question.events);
    const uses = asked(question, ({ event }) => event.action === 'USE' && event.outcome === 'ALLOW');
    const byConsent = uses
      .map((read) => ({ ...commonOf(read), times: 1, consents: consentsOf(read.event).map((consent) => text(consent, read.event.at)) }))
      .filter(({ consents }) => consents.length > 0);
    return [...beyond.map(rowOfTry), ...byConsent];
  },
};
