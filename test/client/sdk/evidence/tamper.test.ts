import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVIDENCE_CODES, verifyEvidenceFile } from '../../../../client/sdk/index.js';
import { makeGenuine, readerOf, type Genuine } from '../../../tamper/genuine.js';
import { tryRow, type Verdict } from '../../../tamper/row.js';
import { rowsOf } from '../../../tamper/table.js';

let genuine: Genuine;
const verdicts: Verdict[] = [];
beforeAll(async () => {
  genuine = await makeGenuine();
  for (const row of rowsOf(genuine, { randomBytes: 8, leaves: 1, statements: 2 })) verdicts.push(await tryRow(row, genuine));
}, 240_000);
afterAll(() => genuine.close());

describe('an altered file of evidence', () => {
  it('was whole before', async () => {
    expect(await verifyEvidenceFile(readerOf(genuine.bytes), genuine.trust)).toMatchObject({ wrong: null });
  });

  it('is noticed by the check that it is for, whatever its maker repairs', () => {
    const missed = verdicts
      .filter(({ isCaught }) => !isCaught)
      .map(({ row, code, where }) => `${row.part}: ${row.what} → ${code} ${where}, not ${row.caught.join('|')}`);
    expect(missed).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(200);
  });

  it('is refused with each code of the closed list', () => {
    const met = new Set(verdicts.map(({ code }) => code));
    expect(Object.keys(EVIDENCE_CODES).filter((code) => !met.has(code as never))).toEqual([]);
  });
});
