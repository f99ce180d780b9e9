/** A report on paper: A4 across, fonts inside, tagged to be read aloud, on every page whose log it is, what it covers, and how far it is proved. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import {
  abridgedLinesOf,
  digestsOf,
  footnotesOf,
  headOf,
  linesOf,
  ParleyError,
  preambleOf,
  titleOf,
  wholenessText,
  type MadeReport,
  type Words,
} from '../sdk/index.js';
import { documentTag, tagged, tagIn, type Tag } from './pdf-tags.js';

const FONTS = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto');
const FONT_POINTS = 7;
const PAGE_POINTS = 842;
const MARGIN_POINTS = 28;
/** at both sides of a cell; pdfmake's own */
const CELL_PADDING_POINTS = 8;
/** of a capital letter, the widest that codes and digests are made of, but for W and M */
const CHARACTER_POINTS = FONT_POINTS * 0.66;
/** for which each page has room below a head of several lines */
const ROW_LINES_MAX = 40;
const GREY = '#555555';
const RED = '#a00000';

/** of the table: it is laid out whole, and takes many times its size in memory meanwhile */
export const LINES_MAX = 5_000;

/** Has Roboto, as pdfmake brings it, each letter? Latin, Greek and Cyrillic, but for rare ones. */
export const isPrinted = (text: string): boolean =>
  /^[\n -~\u00a0-\u017f\u0218-\u021b\u038e-\u03a1\u03a3-\u03ce\u0400-\u0486\u0488-\u0513\u1ea0-\u1ef9\u2010-\u2011\u2013-\u2015\u2017-\u201e\u2020-\u2022\u2025-\u2027\u20ac]*$/.test(
    text,
  );

/** Each letter that it has not as one black box, in reading order: what is not printed is laid out by no script's own rules, which would leave its column. */
const inBoxes = (text: string): string =>
  isPrinted(text) ? text : [...text].map((letter) => (isPrinted(letter) ? letter : '\u25a0')).join('');

/**
 * @throws ParleyError `REPORT_TOO_LONG`
 * @returns the file's bytes; nothing but the fonts beside pdfmake is read, and nothing is fetched
 */
export async function pdfOf(report: MadeReport, words: Words, language: string): Promise<Uint8Array> {
  const lines = linesOf(report, words).reduce((sum, row) => sum + Math.max(...row.map((cell) => cell.length)), 0);
  if (lines > LINES_MAX)
    throw new ParleyError(
      'REPORT_TOO_LONG',
      `A PDF takes ${LINES_MAX} lines, and this report has ${lines}.`,
      'Write it with --format csv or --format json, or ask for less of it: --from, --to, --authority, --item.',
    );
  // loaded here: every command would wait for it
  const { default: pdfmake } = await import('pdfmake');
  pdfmake.setFonts({ Roboto: { normal: join(FONTS, 'Roboto-Regular.ttf'), bold: join(FONTS, 'Roboto-Medium.ttf') } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(FONTS));
  return pdfmake.createPdf(pageOf(report, words, language)).getBuffer();
}

function pageOf(report: MadeReport, words: Words, language: string): TDocumentDefinitions {
  const title = titleOf(report, words);
  const lines = preambleOf(report, words);
  const isAlarm = report.wholeness.state === 'MISFIT';
  const whole = wholenessText(report, words);
  const digests = digestsOf(report, words);
  const boxes = abridgedLinesOf(report, words).flat(2).every(isPrinted) ? [] : [words.page.notPrinted];
  const read = documentTag();
  const paragraph = (text: string): Content => tagged(text, tagIn(read, 'P'));
  return {
    version: '1.7',
    tagged: true,
    displayTitle: true,
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [MARGIN_POINTS, 36, MARGIN_POINTS, 40],
    info: { title: `${title} – ${report.view}`, subject: report.log, creator: 'Parley', producer: 'Parley' },
    language,
    defaultStyle: { font: 'Roboto', fontSize: FONT_POINTS, lineHeight: 1.1 },
    footer: (page, pages): Content => ({
      margin: [MARGIN_POINTS, 8, MARGIN_POINTS, 0],
      fontSize: FONT_POINTS,
      color: GREY,
      columns: [
        { text: `${title} · ${report.view} · ${report.log}`, width: '*' },
        { text: `${words.page.page} ${page} / ${pages}`, width: 'auto' },
      ],
    }),
    content: [
      tagged(title, tagIn(read, 'H1'), { fontSize: 15, bold: true, margin: [0, 0, 0, 4] }),
      ...lines.map((text): Content => {
        const isWhole = text === whole;
        return tagged(text, tagIn(read, 'P'), { fontSize: 8.5, bold: isWhole, color: isWhole && isAlarm ? RED : GREY });
      }),
      report.rows.length === 0
        ? tagged(words.page.empty, tagIn(read, 'P'), { margin: [0, 12, 0, 0], fontSize: 9 })
        : tableOf(report, words, tagIn(read, 'Table')),
      { stack: [...footnotesOf(report, words), ...boxes].map(paragraph), color: GREY, margin: [0, 10, 0, 0] },
      ...(digests.length === 0
        ? []
        : [
            {
              stack: [`${words.page.digests}${words.page.colon.trimEnd()}`, ...digests].map(paragraph),
              color: GREY,
              margin: [0, 10, 0, 0],
            } satisfies Content,
          ]),
    ],
  };
}

/** Columns that say nothing in any row are left out: paper is narrow. */
function tableOf(report: MadeReport, words: Words, tag: Tag): Content {
  const rows = abridgedLinesOf(report, words);
  const said = headOf(report, words).map((_, at) => rows.some((row) => row[at]!.some((line) => line !== '')));
  const shown = <T>(cells: readonly T[]): T[] => cells.filter((_, at) => said[at]);
  const [head = [], ...body] = folded(
    [headOf(report, words), ...rows.map((row) => row.map((lines) => inBoxes(lines.join('\n'))))].map(shown),
  );
  const rowOf = (cells: readonly string[], kind: 'TH' | 'TD', style = {}): TableCell[] => {
    const row = tagIn(tag, 'TR');
    return cells.map((text) => tagged(text, tagIn(row, kind), style));
  };
  return {
    margin: [0, 10, 0, 0],
    layout: { hLineWidth: () => 0.4, vLineWidth: () => 0, hLineColor: () => '#b8c0c8', paddingTop: () => 2, paddingBottom: () => 2 },
    table: {
      headerRows: 1,
      dontBreakRows: body.flat().every(fitsOnPage),
      widths: head.map(() => 'auto'),
      body: [rowOf(head, 'TH', { bold: true, fillColor: '#e8ecf1' }), ...body.map((row) => rowOf(row, 'TD'))],
    },
  };
}

/** Of a row that is kept together and higher than a page, pdfmake loses the rest. A line ends where one ends in the cell, or behind a word or a part of one, so there are no more of them. */
const fitsOnPage = (cell: string): boolean => cell.split(/\n|[^\p{L}\p{N}\n]+/u).length <= ROW_LINES_MAX;

/** No column is narrower than its longest word, and what does not fit is cut off at the edge: longer words go on in a next line. */
function folded(rows: readonly (readonly string[])[]): string[][] {
  const longestIn = (cell: string): number => cell.split(/\s/).reduce((most, { length }) => Math.max(most, length), 0);
  const longest = (rows[0] ?? []).map((_, at) => rows.reduce((most, row) => Math.max(most, longestIn(row[at]!)), 0));
  const room = (PAGE_POINTS - 2 * MARGIN_POINTS - longest.length * CELL_PADDING_POINTS) / CHARACTER_POINTS;
  const needed = (limit: number): number => longest.reduce((sum, length) => sum + Math.min(length, limit), 0);
  let limit = Math.max(...longest);
  while (limit > 2 && needed(limit) > room) limit -= 1;
  return rows.map((row) => row.map((cell) => cell.replace(/\S+/g, (word) => foldedWord(word, limit))));
}

/** Behind a joint where it has one, else where the line is full. */
const foldedWord = (word: string, limit: number): string =>
  word.length <= limit ? word : (word.match(new RegExp(`.{1,${limit - 1}}[_+:/-]|.{1,${limit}}`, 'g')) ?? []).join('\n');
