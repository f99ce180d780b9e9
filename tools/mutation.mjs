// `npm run mutation [-- --mutate FILES]`: changes the law one place at a time, and says which changes no test notices. Whole it takes hours on two cores.
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { inRoot } from './ready/paths.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--mutate');
const stryker = new Stryker({ configFile: inRoot('stryker.config.mjs'), ...(at < 0 ? {} : { mutate: args[at + 1].split(',') }) });
const results = await stryker.runMutationTest();
const counted = results.filter(({ status }) => !['Ignored', 'CompileError', 'RuntimeError'].includes(status));
const caught = counted.filter(({ status }) => ['Killed', 'Timeout'].includes(status));
const survivors = counted.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status));
for (const { fileName, location, mutatorName, status } of survivors)
  process.stdout.write(`${status}  ${relative(inRoot('.'), fileName)}:${location.start.line}:${location.start.column}  ${mutatorName}\n`);
const score = counted.length === 0 ? 0 : (100 * caught.length) / counted.length;
process.stdout.write(`${counted.length} mutants, ${caught.length} noticed, ${survivors.length} survived: ${score.toFixed(1)} %\n`);
process.exitCode = score >= 90 ? 0 : 1;
