/** What cannot be called back is shown first and done on a person's word. */
import { createInterface } from 'node:readline/promises';
import { ParleyError } from '../sdk/index.js';

/**
 * Asks at the terminal. Without one nothing is done: scripts say `--yes`.
 *
 * @param shown what would be done, as this client verified it
 * @throws ParleyError `NOT_CONFIRMED`
 */
export async function confirm(shown: string, command: string): Promise<void> {
  if (process.stdin.isTTY && (await isYes(`${shown} Agree? [y/N] `))) return;
  throw new ParleyError('NOT_CONFIRMED', shown, `Nothing was done. If it is right: ${command} --yes`);
}

async function isYes(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}
