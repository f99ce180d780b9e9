/** A report on paper is made in memory, whole: one that nobody would print is refused, with a way on, before it takes the machine's memory. */
import { expect, it } from 'vitest';
import { LINES_MAX, pdfOf } from '../../../client/cli/pdf.js';
import { REPORT_KINDS, wordsIn, type MadeReport } from '../../../client/sdk/index.js';
import { madeOf } from './made-report.js';

const made = (rows: readonly object[]): MadeReport => madeOf(REPORT_KINDS.get('request-records'), rows);
const printed = (report: MadeReport): Promise<Uint8Array> => pdfOf(report, wordsIn('en'), 'en');
const step = 'request';

it('is refused above its length, however the lines are spread over rows, and says what to do', async () => {
  const long = { code: 'REPORT_TOO_LONG', next: expect.stringMatching(/--format csv.*--from/) as string };
  await expect(printed(made(Array.from({ length: LINES_MAX + 1 }, () => ({ kind: step }))))).rejects.toMatchObject(long);
  await expect(printed(made([{ kind: step }, { measures: Array.from({ length: LINES_MAX }, () => step) }]))).rejects.toMatchObject(long);
});

it('is made where it is as long as paper takes it', async () => {
  const bytes = await printed(made([{ measures: Array.from({ length: 50 }, () => step) }]));
  expect(new TextDecoder().decode(bytes.subarray(0, 5))).toBe('%PDF-');
});
