/** A report on paper stands between its margins: what lies beyond the edge of the sheet is lost to whoever reads it. */
import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { pdfOf } from '../../../client/cli/pdf.js';
import { REPORT_KINDS, wordsIn, type MadeReport, type ReportKind } from '../../../client/sdk/index.js';
import { madeOf } from './made-report.js';

const RIGHT_EDGE = 842 - 28;
const EXCHANGE = '47f29472-e3f9-4fa9-9f28-8f71d6e10c86';
const DIGEST = '3S62Fc0K_EybmqHuxVw5U7IJi-5McMITvyzrtQcLpN8';

const made = (kind: ReportKind): MadeReport =>
  madeOf(kind, [Object.fromEntries(kind.columns.map((column) => [column, WIDEST[column] ?? 'CONSENT_FUNDAMENTAL_PRINCIPLES']))]);

const WIDEST: Readonly<Record<string, unknown>> = {
  at: '2026-11-27T08:31:14.451Z',
  place: 1_234_567,
  action: 'CONSENT_REFUSAL',
  outcome: 'ALLOW',
  officer: 'compliance.1',
  by: 'NG-EFCX',
  to: 'private:NEWSPAPER',
  item: [DIGEST],
  statement: DIGEST,
  exchange: EXCHANGE,
  purpose: 'ADMINISTRATIVE_PROCEEDING',
  basis: 'OWN_PROCEEDINGS',
  codes: ['CONSENT_FUNDAMENTAL_PRINCIPLES', 'CONSENT_EXPIRED_OR_REVOKED'],
  requesting: ['NG-FIA', 'Financial intelligence authority of the stories, NG'],
  requested: ['VG-FIX', 'Financial investigation agency of the stories, VG'],
  reference: 'VG-2026-118',
  kind: ['SPONTANEOUS_DISCLOSURE', 'INTELLIGENCE'],
  legalBasis: ['DOMESTIC_LAW:NG-FIA-12'],
  subject: DIGEST,
  measures: ['2026-11-27 VG-FIX REFUSE_CONSENT CONSENT_IMPAIRS_INVESTIGATION'],
  keptUntil: '2031-11-27T08:31:14.451Z',
  consents: [`${DIGEST} (CH-FIN – 2027-02-25T08:29:52.571Z)`],
  justification: 'CASE_WORK',
  until: '2027-02-25T08:31:13.509Z',
  times: 12,
  last: '2026-11-27T08:31:14.451Z',
};

/** Ends of all lines that the pages draw, in points from the left: each row has one under it, as wide as the table. */
function lineEndsIn(pdf: Uint8Array): number[] {
  const bytes = Buffer.from(pdf);
  const ends: number[] = [];
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 1)) {
    // zlib’s own first byte; fonts and the rest of the file have no such operators
    if (bytes[at + 7] !== 0x78) continue;
    const content = inflateSync(bytes.subarray(at + 7, bytes.indexOf('\nendstream', at))).toString('latin1');
    for (const [, x] of content.matchAll(/^([\d.]+) [\d.]+ l$/gm)) ends.push(Number(x));
  }
  return ends;
}

it.each([...REPORT_KINDS])('%s stays on the sheet with the longest words that its cells hold', async (_, kind) => {
  const ends = lineEndsIn(await pdfOf(made(kind), wordsIn('en'), 'en'));
  expect(ends.length).toBeGreaterThan(0);
  expect(Math.max(...ends)).toBeLessThanOrEqual(RIGHT_EDGE);
});
