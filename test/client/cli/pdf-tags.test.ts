/** A report on paper can be read aloud: title, paragraphs, and each cell under its head, in the order in which they stand. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { pdfOf } from '../../../client/cli/pdf.js';
import { REPORT_KINDS, wordsIn, type MadeReport } from '../../../client/sdk/index.js';

const ROWS = 60;
// of poppler; no part of the package
const PDFINFO = 'pdfinfo';
const hasPoppler = spawnSync(PDFINFO, ['-v']).status === 0;
const report = {
  kind: REPORT_KINDS.get('who-saw'),
  rows: Array.from({ length: ROWS }, (_, n) => ({ at: `2026-11-${n}`, officer: `officer.${n}`, ...(n === 7 ? {} : { purpose: 'TAX' }) })),
  view: 'CH-FIN',
  log: 'parley.example',
  wholeness: { state: 'NOT_PROVED' },
  item: null,
  counterpart: null,
} as unknown as MadeReport;

let file: Buffer;
let text: string;
beforeAll(async () => {
  file = Buffer.from(await pdfOf(report, wordsIn('es'), 'es'));
  text = file.toString('latin1');
});

const count = (pattern: RegExp): number => [...text.matchAll(pattern)].length;

/** What the pages draw; zlib’s own first byte tells them from fonts, which have no such operators anyway. */
function drawings(): string[] {
  const all: string[] = [];
  for (let at = file.indexOf('stream\n'); at >= 0; at = file.indexOf('stream\n', at + 1))
    if (file[at + 7] === 0x78) all.push(inflateSync(file.subarray(at + 7, file.indexOf('\nendstream', at))).toString('latin1'));
  return all.filter((one) => / Tf$/m.test(one));
}

it('says its language and its title, and has a cell under a head for each that is printed, an empty one too', () => {
  expect(text).toContain('/Marked true');
  expect(text).toContain('/Lang (es)');
  expect(text).toContain('/DisplayDocTitle true');
  expect([count(/\/S \/H1$/gm), count(/\/S \/Table$/gm), count(/\/S \/TR$/gm)]).toEqual([1, 1, ROWS + 1]);
  const heads = count(/\/S \/TH$/gm);
  expect(heads).toBe(count(/\/Scope \/Column/g));
  expect(heads).toBeGreaterThan(2);
  expect(count(/\/S \/TD$/gm)).toBe(heads * ROWS);
});

it('draws nothing that is neither read aloud nor said to be for the eye alone', () => {
  const pages = drawings();
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) {
    let open = 0;
    for (const [operator] of page.matchAll(/\b(?:BDC|BMC|EMC|TJ|Tj|S|f|B)$/gm)) {
      if (operator === 'EMC') open -= 1;
      else if (operator.startsWith('B') && operator.length === 3) open += 1;
      else expect([operator, open]).toEqual([operator, 1]);
      expect([0, 1]).toContain(open);
    }
    expect(open).toBe(0);
  }
});

it.skipIf(!hasPoppler)('is read in that order, and the head of the table once (skipped where poppler’s pdfinfo is absent)', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'parley-tags-')), 'report.pdf');
  writeFileSync(path, file);
  const read = spawnSync(PDFINFO, ['-struct-text', path], { encoding: 'utf8' }).stdout;
  const at = (words: string): number => read.indexOf(words);
  expect(read.match(/^ *TH:?$/gm)).toHaveLength(count(/\/Scope \/Column/g));
  const order = ['H1', 'Table', '2026-11-0', 'officer.0', '2026-11-1', 'officer.58', '2026-11-59'].map(at);
  expect(order).not.toContain(-1);
  expect(order.toSorted((a, b) => a - b)).toEqual(order);
});
