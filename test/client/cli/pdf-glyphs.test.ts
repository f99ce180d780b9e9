/** A character that the font of a printed report lacks is a black box on paper. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPrinted, pdfOf } from '../../../client/cli/pdf.js';
import { REPORT_KINDS, REPORT_LANGUAGES, wordsIn, type MadeReport } from '../../../client/sdk/index.js';
import { madeOf } from './made-report.js';

interface Font {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

// by the reader of fonts that pdfmake itself uses
const ofPdfmake = createRequire(createRequire(import.meta.url).resolve('pdfmake/package.json'));
const { openSync } = ofPdfmake('fontkit') as { openSync(path: string): Font };
const FOLDER = join(dirname(ofPdfmake.resolve('pdfmake/package.json')), 'fonts', 'Roboto');
const FONTS = ['Roboto-Regular.ttf', 'Roboto-Medium.ttf'].map((name) => openSync(join(FOLDER, name)));
/** what `pdf.ts` and `render.ts` add to the words themselves */
const SIGNS = '·…–>*@/:+=';

const textsOf = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];

it.each(REPORT_LANGUAGES)('every letter of a report in %s can be printed', (language) => {
  const letters = new Set([...SIGNS, ...textsOf(wordsIn(language)).join('')]);
  expect(letters.size).toBeGreaterThan(40);
  expect([...letters].filter((letter) => FONTS.some((font) => !font.hasGlyphForCodePoint(letter.codePointAt(0)!)))).toEqual([]);
});

it('notices a letter that cannot', () => {
  expect(FONTS.map((font) => font.hasGlyphForCodePoint('→'.codePointAt(0)!))).toEqual([false, false]);
});

it('knows which letters its font has', () => {
  const letters = Array.from({ length: 0xd800 - 0x20 }, (_, at) => String.fromCodePoint(at + 0x20)).filter(isPrinted);
  expect(letters.length).toBeGreaterThan(700);
  expect(letters.filter((letter) => FONTS.some((font) => !font.hasGlyphForCodePoint(letter.codePointAt(0)!)))).toEqual([]);
});

// of poppler; no part of the package
const PDFTOTEXT = 'pdftotext';
const hasPoppler = spawnSync(PDFTOTEXT, ['-v']).status === 0;
const made = (rows: MadeReport['rows']): MadeReport => madeOf(REPORT_KINDS.get('request-records'), rows);
const onPaper = async (rows: MadeReport['rows'], language: 'en' | 'fr', how = '-layout'): Promise<string> =>
  spawnSync(PDFTOTEXT, [how, '-', '-'], { input: await pdfOf(made(rows), wordsIn(language), language) }).stdout.toString();

describe.skipIf(!hasPoppler)('on paper (skipped where poppler’s pdftotext is absent)', () => {
  it('a name whose letters it lacks is said to be one', async () => {
    const named = (name: string): Promise<string> => onPaper([{ requesting: ['JP-FIU', name] }], 'en');
    expect(await named('警察庁')).toContain(wordsIn('en').page.notPrinted);
    expect(await named('警察庁')).toContain('■■■');
    expect(await named('Служба – Überwachungsstelle “ž”')).not.toContain('■');
  });

  it('a French colon stands apart from its word, above the digests too', async () => {
    const text = await onPaper([{ subject: 'A'.repeat(43) }], 'fr');
    expect(text).toContain('A'.repeat(43));
    expect(text).not.toMatch(/\p{L}:(?=\s)/u);
  });

  it('a name whose letters it lacks stays in its column, whichever way it is written', async () => {
    const named = (name: string) =>
      onPaper([{ requesting: ['AE-FIU', `Служба — ${name} — Υπηρεσία`], requested: ['LI-FIN'] }], 'en', '-bbox');
    const name = 'هيئة المعلومات المالية';
    const placed = (text: string) =>
      [...text.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)".*>(.*Υπηρεσία|Служба|LI-FIN)</g)].map(([, ...at]) => at);
    const boxes = placed(await named(name.replace(/\S/g, '■')));
    expect(boxes).toHaveLength(3);
    expect(placed(await named(name))).toEqual(boxes);
  });

  it('a row stands on one page, unless no page has room for one of them; then none of it is lost', async () => {
    const row = (name: number, lines: number) => ({ measures: Array.from({ length: lines }, (_, at) => `R${name}L${at}E`) });
    const rows = Array.from({ length: 60 }, (_, name) => row(name, 4));
    const pages = (await onPaper(rows, 'en')).split('\f');
    const rowsOn = pages.map((text) => new Set([...text.matchAll(/R(\d+)L/g)].map(([, name]) => Number(name))));
    for (const name of rows.keys()) expect(rowsOn.filter((on) => on.has(name))).toHaveLength(1);
    expect((await onPaper([...rows, row(60, 300)], 'en')).match(/R\d+L\d+E/g)).toHaveLength(60 * 4 + 300);
    // lines in which no letter stands
    expect((await onPaper([...rows, { measures: Array<string>(300).fill('§§') }], 'en')).match(/§§/g)).toHaveLength(300);
  });
});
