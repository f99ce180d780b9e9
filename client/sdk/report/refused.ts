/** What was tried and refused, each try once. */
import { asked, type ReportKind } from './question.js';
import { foldTries, isRefused, rowOfTry } from './tries.js';

export const REFUSED: ReportKind = {
  code: 'REFUSED',
  columns: ['at', 'last', 'times', 'action', 'by', 'officer', 'to', 'item', 'exchange', 'purpose', 'codes', 'statement', 'place'],
  rows: (question) => foldTries(asked(question, isRefused)).map(rowOfTry),
};
