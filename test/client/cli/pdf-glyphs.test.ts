/** A character that the font of a printed report lacks is an empty box on paper. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { REPORT_LANGUAGES, wordsIn } from '../../../client/sdk/index.js';

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
