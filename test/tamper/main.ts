/** `npm run tamper`: a real file of evidence, each part altered in turn, and the check that noticed. Non-zero where one was not noticed. */
import { verifyEvidenceFile } from '../../client/sdk/evidence/verify.js';
import { makeGenuine, readerOf } from './genuine.js';
import { tryRow, type Verdict } from './row.js';
import { NOT_CAUGHT, rowsOf } from './table.js';

const EVERYTHING = { randomBytes: 400, leaves: Infinity, statements: Infinity };
const isBrief = process.argv.includes('--brief');

const genuine = await makeGenuine();
const before = await verifyEvidenceFile(readerOf(genuine.bytes), genuine.trust);
console.log(`genuine file: ${genuine.bytes.length} bytes, ${before.checks.length} checks hold, wrong: ${before.wrong?.code ?? 'nothing'}`);

const verdicts: Verdict[] = [];
const caughtBy = new Map<string, number>();
for (const row of rowsOf(genuine, EVERYTHING)) {
  const verdict = await tryRow(row, genuine);
  verdicts.push(verdict);
  const said = verdict.code ?? (verdict.isCaught ? 'remarked' : 'nothing');
  caughtBy.set(said, (caughtBy.get(said) ?? 0) + 1);
  const isShown = !isBrief && row.part !== 'any byte';
  if (isShown || !verdict.isCaught)
    console.log(`${verdict.isCaught ? 'caught' : 'MISSED'}  ${row.part.padEnd(26)}  ${row.what.padEnd(62)}  ${said}  ${verdict.where}`);
}
await genuine.close();

const random = verdicts.filter(({ row }) => row.part === 'any byte');
console.log(`${random.filter(({ isCaught }) => isCaught).length} of ${random.length} single bytes caught`);
for (const [code, count] of [...caughtBy].toSorted(([a], [b]) => (a < b ? -1 : 1))) console.log(`  ${String(count).padStart(4)}  ${code}`);
console.log('Cannot be caught from the file alone, and is written down:');
for (const line of NOT_CAUGHT) console.log(`  ${line}`);
const missed = verdicts.filter(({ isCaught }) => !isCaught).length;
console.log(`${verdicts.length} alterations, ${verdicts.length - missed} caught by the check that is named, ${missed} missed`);
process.exitCode = missed > 0 || before.wrong !== null ? 1 : 0;
