/** Reports that choose events and show them as they are: notices, caveats, erasures, keys and the directory. */
import type { Action } from '../../../domain/audit-event.js';
import { asked, commonOf, type ReportKind } from './question.js';

const actions = (...chosen: Action[]): ReadonlySet<Action> => new Set(chosen);

const NOTICES = actions('NOTICE', 'CONSULTATION');
const DIRECTORY = actions('ENTRY', 'KEY_REVOKE', 'ROOT_CHANGE', 'DESIGNATE', 'AGREEMENT');
const CAVEATS = actions('LABEL_CHANGE', 'DELETE', 'INABILITY', 'VERIFY');
/** a log of processing names erasures too (LED art 25(1) [M]; UK DPA 2018 s 62(1) [F:S53]) */
const ERASED = actions('DELETE', 'INABILITY', 'RETENTION_REVIEW', 'RETENTION_DUE', 'ERASE', 'PRUNE');
/** an approval of a notice names its item; one of a designation names none */
const isOfItem = (item: string | undefined): boolean => item !== undefined;

export const LAWFUL_NOTICES: ReportKind = {
  code: 'LAWFUL_NOTICES',
  columns: ['at', 'action', 'outcome', 'basis', 'by', 'officer', 'to', 'item', 'purpose', 'legalBasis', 'codes', 'statement', 'place'],
  rows: (question) =>
    asked(question, ({ event }) => NOTICES.has(event.action) || (event.action === 'APPROVE' && isOfItem(event.object.item))).map(commonOf),
};

export const CAVEAT_CHANGES: ReportKind = {
  code: 'CAVEAT_CHANGES',
  columns: ['at', 'action', 'outcome', 'basis', 'details', 'by', 'officer', 'item', 'codes', 'statement', 'place'],
  rows: (question) => asked(question, ({ event }) => CAVEATS.has(event.action)).map(commonOf),
};

export const ERASURES: ReportKind = {
  code: 'ERASURES',
  columns: ['at', 'action', 'outcome', 'basis', 'by', 'officer', 'to', 'item', 'exchange', 'codes', 'statement', 'place'],
  rows: (question) => asked(question, ({ event }) => ERASED.has(event.action)).map(commonOf),
};

export const KEYS_AND_DIRECTORY: ReportKind = {
  code: 'KEYS_AND_DIRECTORY',
  columns: ['at', 'action', 'outcome', 'by', 'officer', 'to', 'basis', 'details', 'codes', 'statement', 'place'],
  rows: (question) =>
    asked(question, ({ event }) => DIRECTORY.has(event.action) || (event.action === 'APPROVE' && !isOfItem(event.object.item))).map(
      commonOf,
    ),
};

export const EVENTS: ReportKind = {
  code: 'EVENTS',
  columns: ['place', 'at', 'action', 'outcome', 'by', 'officer', 'to', 'item', 'exchange', 'purpose', 'basis', 'codes', 'statement'],
  rows: (question) => asked(question).map(commonOf),
};
