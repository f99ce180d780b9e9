// Runs the tests, with vitest's own arguments, and closes with one plain line that counts them.
import { parseCLI, startVitest } from 'vitest/node';
import { closingLine, countResults } from './run-tests/count.mjs';

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const vitest = await startVitest('test', filter, { ...options, watch: false });
const counts = countResults(vitest.state.getTestModules());
const strayErrors = vitest.state.getUnhandledErrors().length;
await vitest.close();
if (strayErrors > 0) process.stdout.write(`${strayErrors} error(s) outside any test\n`);
if (counts.failed > 0 || strayErrors > 0 || counts.passed === 0) process.exitCode = 1;
process.stdout.write(`${closingLine(counts)}\n`);
process.exit();
