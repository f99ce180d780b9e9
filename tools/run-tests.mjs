// Runs the tests, with vitest's own arguments, and closes with one plain line that counts them.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCLI, startVitest } from 'vitest/node';
import { closingLine, countResults } from './run-tests/count.mjs';

const CODES = { SIGINT: 130, SIGTERM: 143 };
for (const signal of Object.keys(CODES))
  process.once(signal, () => {
    // whoever still runs in there is being stopped as well
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(CODES[signal]);
  });
// what tests leave in folders of their own goes with this one: some 50 MB a run
const folder = mkdtempSync(join(tmpdir(), 'parley-tests-'));
// PostgreSQL runs as an account of its own, and has to reach its data
chmodSync(folder, 0o711);
process.env.TMPDIR = folder;

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const vitest = await startVitest('test', filter, { ...options, watch: false });
const counts = countResults(vitest.state.getTestModules());
const strayErrors = vitest.state.getUnhandledErrors().length;
await vitest.close();
await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
if (strayErrors > 0) process.stdout.write(`${strayErrors} error(s) outside any test\n`);
if (counts.failed > 0 || strayErrors > 0 || counts.passed === 0) process.exitCode = 1;
process.stdout.write(`${closingLine(counts)}\n`);
process.exit();
