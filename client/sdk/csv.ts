/** Tables as text (RFC 4180), for spreadsheets: read strictly, written so that no cell is run as a formula. */
import { no, ok, type Result } from '../../domain/result.js';

interface CsvRecord {
  /** where it begins, from 1 */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * What a spreadsheet would take for a formula: names come from others. Where the language's list separator is a semicolon, as in French and
 * Spanish, it takes no notice of our commas and quotes: a cell begins behind each semicolon, tab and line end. Some read the wide signs of
 * East Asian scripts as the narrow ones, and leave out blanks that a cell begins with. A digest of ours may begin with a minus and stays as it
 * is, so that programs find it: its letters call no function and name no other file, at worst a spreadsheet shows an error in its place.
 */
const FORMULA = /^(?=[\t\r])|(?<=(?:^|[;\t\r\n]) *)(?!-[A-Za-z0-9_-]{42}(?:;|$))(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
const MARKED = /^'(?=[\t\r])|(?<=(?:^|[;\t\r\n]) *)'(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

const cellOf = (text: string): string => {
  const safe = text.replace(FORMULA, "'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const formatCsv = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map(cellOf).join(',')).join('\r\n');

/** @returns every record; blank lines are none. What stands before an opening or behind a closing quote is refused with its line. */
export function parseCsv(text: string): Result<readonly CsvRecord[], string> {
  const records: CsvRecord[] = [];
  const ends = /"((?:[^"]|"")*)"(?=,|\r?\n|$)|([^",\r\n]*)(?=,|\r?\n|$)/y;
  let line = 1;
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const begins = line;
    const cells: string[] = [];
    for (;;) {
      ends.lastIndex = at;
      const found = ends.exec(text);
      if (found === null) return no(`line ${line}: a quote where none belongs, or none where one belongs`);
      cells.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').replace(MARKED, ''));
      line += found[0].split('\n').length - 1;
      at = ends.lastIndex;
      if (text[at] !== ',') break;
      at += 1;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: begins, cells });
  }
  return ok(records);
}
