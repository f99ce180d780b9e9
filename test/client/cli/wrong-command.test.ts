import { expect, it } from 'vitest';
import { createProgram } from '../../../client/cli/program.js';

async function complaintAbout(...words: string[]): Promise<string> {
  let complaint = '';
  const { program } = createProgram({}, { answer: () => undefined, complaint: () => undefined });
  program.exitOverride().configureOutput({ writeErr: (text) => (complaint += text) });
  await program.parseAsync(words, { from: 'user' }).catch(() => undefined);
  return complaint;
}

it('a command that is none is told in a few lines: what is wrong, the nearest command, and where all of them are', async () => {
  const told = (await complaintAbout('snd')).trimEnd().split('\n');
  expect(told.filter((line) => line !== '')).toEqual([
    "error: unknown command 'snd'",
    '(Did you mean send?)',
    expect.stringContaining('parley help'),
  ]);
  expect(await complaintAbout('zzzzzzzz')).not.toContain('Usage:');
});
