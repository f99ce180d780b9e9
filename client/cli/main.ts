/** The `parley` command: reads the environment once, and says by its exit code whether it was refused (2) or failed (1). */
import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { ParleyError, PolicyRefusal } from '../sdk/index.js';
import { markDigests } from './arguments.js';
import { createProgram } from './program.js';

const REFUSED = 2;
const FAILED = 1;

let written = Promise.resolve();
const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
const { program, out } = createProgram(
  process.env,
  {
    answer(text) {
      // where it fails, the process ends by the error below
      written = new Promise((resolve) => process.stdout.write(text, (error) => (error ? undefined : resolve())));
    },
    written: () => written,
    isTerminal: process.stdout.isTTY,
    complaint: (text) => process.stderr.write(text),
  },
  version,
);

// whoever reads the answer may stop reading, as `head` does
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  out.complain(
    new ParleyError(
      'ANSWER_NOT_WRITTEN',
      'Where the answer was to go, it could not be written.',
      'What the command does is done: look before you do it again, with parley status.',
      { cause: error },
    ),
  );
  process.exit(FAILED);
});

try {
  await program.parseAsync(markDigests(process.argv.slice(2)), { from: 'user' });
} catch (error) {
  out.complain(error);
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else process.exitCode = error instanceof PolicyRefusal ? REFUSED : FAILED;
}
