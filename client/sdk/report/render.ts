/** A report as text: a spreadsheet's, a machine's, or lines for a table. Codes stay codes; names of columns and figures are the reader's. */
import { formatCsv } from '../csv.js';
import { visibleLine } from '../visible.js';
import { AFTER_END } from './consents.js';
import type { MadeReport } from './make.js';
import type { Cell, Column, Row } from './question.js';
import { nameOfReport } from './table.js';
import type { Listed, Words } from './words/words.js';

export const titleOf = ({ kind }: Pick<MadeReport, 'kind'>, words: Words): string => words.reports[kind.code as Listed][0];

const said = (names: Readonly<Record<string, string | readonly [string, string]>>, code: string): string => {
  const known = names[code];
  return known === undefined ? code : typeof known === 'string' ? known : known[0];
};

/** @returns the lines of one cell */
function cellLines(column: Column, cell: Cell | undefined, words: Words): readonly string[] {
  if (cell === undefined) return [''];
  if (typeof cell !== 'object') return [textOf(column, String(cell), words)];
  return cell.length === 0 ? [''] : cell.map((one) => textOf(column, one, words));
}

function textOf(column: Column, text: string, words: Words): string {
  switch (column) {
    case 'figure':
      return said(words.figures, text);
    case 'counter':
      return said(words.counters, text);
    case 'dimension':
      return said(words.dimensions, text);
    case 'of':
      return said(words.sides, text);
    case 'consents':
    case 'until':
      return visibleLine(text).replace(END_OF_CONSENT, (_all, code: keyof Words['ends']) => words.ends[code]);
    case 'category':
      return text === 'ALL' ? words.dimensions.ALL : text;
    default:
      // what an authority calls itself is its own word
      return visibleLine(text);
  }
}

/** Before the time at which it ends. */
const END_OF_CONSENT = /\b(UNTIL|REVOKED)(?= \d{4}-)/g;

export const headOf = ({ kind }: MadeReport, words: Words): string[] => kind.columns.map((column) => words.columns[column]);

export const linesOf = ({ kind, rows }: MadeReport, words: Words): (readonly string[])[][] =>
  rows.map((row) => kind.columns.map((column) => cellLines(column, row[column], words)));

/** Stands for an officer whom this view does not name. */
const NOT_SHOWN = '–';

/** Did another authority do it, whose officers are its own affair? */
const isOfficerHidden = ({ by, officer }: Row, { kind, view }: MadeReport): boolean =>
  kind.columns.includes('officer') && officer === '' && by !== view && by !== 'GATEWAY';

/**
 * As people read it: a digest by its beginning, a time to the minute, a dash for an officer who is not shown. Spreadsheets and machines get
 * digests and times whole.
 */
export const abridgedLinesOf = (report: MadeReport, words: Words): (readonly string[])[][] =>
  shownLinesOf(report, words).map((row) => row.map((cell) => cell.map(abridged)));

/** The same with digests and times whole, where there is room for them. */
export function shownLinesOf(report: MadeReport, words: Words): (readonly string[])[][] {
  const officer = report.kind.columns.indexOf('officer');
  return linesOf(report, words).map((row, at) => {
    const isHidden = isOfficerHidden(report.rows[at]!, report);
    return row.map((cell, column) => (isHidden && column === officer ? [NOT_SHOWN] : cell));
  });
}

/** The digests that the rows name, whole, each once and in their order: paper has no other copy of what a cell cuts. */
export const digestsOf = (report: MadeReport, words: Words): string[] => [
  ...new Set(linesOf(report, words).flatMap((row) => row.flatMap((cell) => cell.flatMap((line) => line.match(DIGEST) ?? [])))),
];

const DIGEST = /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g;
const TIME = /(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\.\d{3}Z/g;
const abridged = (text: string): string => text.replace(DIGEST, (digest) => `${digest.slice(0, 10)}…`).replace(TIME, '$1 $2');

const definitionOf = ({ counter }: Row, { counters }: Words): string =>
  (counters as Readonly<Record<string, readonly [string, string]>>)[String(counter)]?.[1] ?? '';

/** Without it a spreadsheet takes the text for one in the code page of its system. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * RFC 4180, no cell of which is run as a formula; statistics say beside each number how it is counted, and after which source. Below the rows
 * stands what is in none of them, and how far the list is proved.
 */
export function csvOf(report: MadeReport, words: Words): string {
  const isStatistics = report.kind.code === 'STATISTICS';
  const head = [...headOf(report, words), ...(isStatistics ? [words.page.source] : [])];
  const body = linesOf(report, words).map((row, at) => [
    ...row.map((cell) => cell.join('; ')),
    ...(isStatistics ? [definitionOf(report.rows[at]!, words)] : []),
  ]);
  const below = [...notHereOf(report, words), wholenessText(report, words), ...(report.isUnwitnessed ? [words.page.unwitnessed] : [])];
  const footnotes = below.map((text) => [text, ...head.slice(1).map(() => '')]);
  return `${BYTE_ORDER_MARK}${formatCsv([head, ...body, ...footnotes])}\r\n`;
}

/** Codes and not words, so that it is the same in every language; definitions are the reader's. */
export function jsonOf({ kind, ...rest }: MadeReport, words: Words): object {
  const definitions = kind.code === 'STATISTICS' ? { definitions: words.counters } : {};
  return { report: nameOfReport(kind.code), columns: kind.columns, ...rest, ...definitions };
}

/** What stands above and below the rows, a line each. */
export function preambleOf(report: MadeReport, words: Words): string[] {
  const { page } = words;
  const { view, log, from, to, madeAt, reading, rows, events, erased, item, counterpart } = report;
  const narrowed = [
    item === null ? [] : `${words.columns.item}${page.colon}${item}`,
    counterpart === null ? [] : `${words.columns.counterpart}${page.colon}${counterpart}`,
  ];
  const period = from === null && to === null ? page.always : `${from ?? '…'} – ${to ?? '…'}`;
  return [
    `${page.of}${page.colon}${view}`,
    `${page.period}${page.colon}${period}`,
    ...narrowed.flat(),
    `${page.log}${page.colon}${log}`,
    `${page.checkpoint}${page.colon}${checkpointOf(report, words)}`,
    `${page.made}${page.colon}${madeAt} · ${page.readAt} ${reading} · ${page.rows}${page.colon}${rows.length} / ${events}`,
    ...(erased === 0 ? [] : [`${page.erased}${page.colon}${erased}`]),
    wholenessText(report, words),
    ...(report.isUnwitnessed ? [page.unwitnessed] : []),
  ];
}

export function wholenessText({ wholeness }: MadeReport, { page }: Words): string {
  if (wholeness.state === 'PROVED') return `${page.complete} ${wholeness.upTo}.`;
  if (wholeness.state === 'NOT_PROVED') return `${page.notProved}.`;
  return `${page.misfit}${page.colon}${wholeness.misfits.map(({ check, index }) => (index === null ? check : `${check} @ ${index}`)).join(', ')}.`;
}

/** Size and root of the signed note: its second and third line. */
function checkpointOf({ wholeness }: MadeReport, { page }: Words): string {
  if (wholeness.state !== 'PROVED') return page.none;
  const [, size = '', root = ''] = wholeness.checkpoint.split('\n');
  return `${size} · ${root}${wholeness.witnesses.length === 0 ? '' : ` · ${wholeness.witnesses.join(', ')}`}`;
}

/** A view is complete, and does not show everything: what an inspector would look for in this list and not find. */
function notHereOf({ kind }: MadeReport, { page }: Pick<Words, 'page'>): readonly string[] {
  if (kind.code === 'REFUSED') return [page.othersTries];
  if (kind.code === 'QUARTERLY') return [page.repeats];
  if (kind.code === 'CAVEAT_CHANGES') return [page.othersChanges];
  return kind.code === 'WHO_SAW' || kind.code === 'THIRD_PARTIES' ? [page.othersDoings, page.outside] : [];
}

export function footnotesOf(report: MadeReport, { page }: Words): string[] {
  const { kind, rows } = report;
  const isAfterEnd = rows.some(({ consents }) => Array.isArray(consents) && consents.some((one) => String(one).endsWith(AFTER_END)));
  return [
    page.utc,
    page.pseudonymous,
    ...(rows.some((row) => isOfficerHidden(row, report)) ? [page.officerHidden] : []),
    ...(isAfterEnd ? [page.afterEnd] : []),
    ...notHereOf(report, { page }),
    ...(kind.code === 'STATISTICS' ? [page.heldBack] : []),
    page.unsigned,
    page.codes,
  ];
}
