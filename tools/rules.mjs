/**
 * `npm run rules`: is the rule book fresh, has each rule a source, and do the tests prove each one? Runs the tests of the law with a recorder
 * at every rule, and counts. Fails where a page is stale, a rule has no source or no proof, or a code of domain.md 13.0 was never provoked.
 * `-- --log FILE` runs nothing: it counts what `TESTS_RULE_LOG=FILE npm test` wrote down.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RULES } from '../dist/policies/table.js';
import { CODES_OF_13 } from './rules/codes-of-13.mjs';
import { proofOf, saidIn, table } from './rules/proof.mjs';
import { inRoot } from './ready/paths.mjs';

const TESTS = ['test/policies', 'test/walk'];
const run = (args, env = {}) => spawnSync(process.execPath, args, { cwd: inRoot('.'), encoding: 'utf8', env: { ...process.env, ...env } });

function recorded() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-rules-'));
  try {
    const log = join(folder, 'log');
    const { status, stdout } = run([inRoot('tools/run-tests.mjs'), ...TESTS], { TESTS_RULE_LOG: log });
    return { status, log: readFileSync(log, 'utf8'), closing: stdout.trimEnd().split('\n').at(-1) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { values } = parseArgs({ options: { log: { type: 'string' } } });
const book = run([inRoot('tools/docs.mjs'), '--check']);
const tests =
  values.log === undefined ? recorded() : { status: 0, log: readFileSync(values.log, 'utf8'), closing: `read from ${values.log}` };
const lines = tests.log
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

const said = saidIn(lines, TESTS);
const proof = proofOf(RULES, said);
process.stdout.write(`${table(RULES, proof)}\n\n`);
const unproved = RULES.filter(({ id }) => Object.values(proof.get(id)).includes(0)).map(({ id }) => id);
const sourceless = RULES.filter(({ source }) => source.trim() === '').map(({ id }) => id);
const provoked = new Set([
  ...RULES.filter(({ id }) => proof.get(id).deny > 0).map(({ code }) => code),
  ...lines.flatMap(({ refused }) => refused ?? []),
]);
const silent = CODES_OF_13.filter((code) => !provoked.has(code));
const say = (what, list) => process.stdout.write(`${what}: ${list.length}${list.length === 0 ? '' : ` (${list.join(', ')})`}\n`);
process.stdout.write(`rule book: ${book.status === 0 ? 'fresh' : 'STALE, run npm run docs'}\n`);
process.stdout.write(`${tests.closing} (${TESTS.join(', ')}: a rule spoke in ${said.length} tests)\n`);
process.stdout.write(`rules: ${RULES.length}\n`);
say('rules without a source', sourceless);
say('rules that no test lets be silent, find something, or both in one test', unproved);
say(`codes of 13.0 (${CODES_OF_13.length}) not provoked`, silent);
if (book.status !== 0 || tests.status !== 0 || [sourceless, unproved, silent].some((list) => list.length > 0)) process.exitCode = 1;
