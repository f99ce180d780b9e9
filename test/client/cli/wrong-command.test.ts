import { InvalidArgumentError, type CommanderError } from 'commander';
import { expect, it } from 'vitest';
import { readDraft, type Composer } from '../../../client/cli/draft.js';
import { createFileKeyStore } from '../../../client/cli/file-key-store.js';
import { createProgram } from '../../../client/cli/program.js';
import { createTerminal } from './terminal.js';

async function complaintAbout(...words: string[]): Promise<string> {
  let complaint = '';
  const { program } = createProgram({}, { answer: () => undefined, complaint: () => undefined });
  program.exitOverride().configureOutput({ writeErr: (text) => (complaint += text) });
  await program.parseAsync(words, { from: 'user' }).catch(() => undefined);
  return complaint;
}

/** @returns its complaint as a program reads it, and the code that it ends with */
async function usageOf(...words: string[]): Promise<[unknown, number]> {
  let complaint = '';
  const { program, out } = createProgram({}, { answer: () => undefined, complaint: (text) => (complaint += text) });
  const error: unknown = await program.parseAsync(['--json', ...words], { from: 'user' }).catch((thrown: unknown) => thrown);
  out.complain(error);
  return [JSON.parse(complaint), (error as CommanderError).exitCode];
}

it.each([
  [['snd'], "unknown command 'snd' (Did you mean send?)"],
  [['send'], "missing required argument 'draft'"],
  [['consent', 'grant', 'x'], expect.stringContaining("'x' is invalid") as string],
  [['send', '--nonsense', 'x'], "unknown option '--nonsense'"],
  [['inbox', '--all', '--after', 'MA'], expect.stringContaining('cannot be used with') as string],
  [['consent'], 'a command lacks what it is to do'],
  [['consent', 'nope'], "unknown command 'nope'"],
  ...['keys', 'directory', 'officer', 'quorum', 'register', 'log'].map((group): [string[], string] => [
    [group, 'nope'],
    "unknown command 'nope'",
  ]),
  [['keys', 'list', 'nope'], "too many arguments for 'list'. Expected 0 arguments but got 1."],
])('is one JSON value for a program: %j', async (words, detail) => {
  expect(await usageOf(...words)).toEqual([{ code: 'USAGE', detail, next: expect.stringContaining('parley help') as string }, 1]);
});

it('a profile that is none, and a file that is none, are told as that', async () => {
  const terminal = createTerminal();
  await expect(terminal.parley('nobody', 'inbox')).rejects.toMatchObject({
    code: 'NOT_ENROLLED',
    next: 'There is none yet: parley enrol.',
  });
  for (const profile of ['ng-fia', 'ee-fin']) await createFileKeyStore(terminal.path(profile), 'four words of fiction', 1);
  await expect(terminal.parley('nobody', 'inbox')).rejects.toMatchObject({
    code: 'NOT_ENROLLED',
    what: expect.stringMatching(/no key store of the profile nobody/) as string,
    next: expect.stringMatching(/^There are: ee-fin, ng-fia /) as string,
  });
  const composer = { authority: 'NG-FIA' } as unknown as Composer;
  await expect(readDraft(terminal.path('nofile.json'), composer)).rejects.toMatchObject({ code: 'FILE_MISSING' });
});

it('what is read only once a command is under way is complained of to people as well', () => {
  let said = '';
  const { out } = createProgram({}, { answer: () => undefined, complaint: (text) => (said += text) });
  out.complain(new InvalidArgumentError('It is a digest.'));
  expect(said).toBe('USAGE: It is a digest.\n');
});

it('says its version, which is no mistake', async () => {
  let said = '';
  const { program, out } = createProgram({}, { answer: () => undefined, complaint: (text) => (said += text) }, '1.2.3');
  program.configureOutput({ writeOut: (text) => (said += text) });
  const error: unknown = await program.parseAsync(['--version'], { from: 'user' }).catch((thrown: unknown) => thrown);
  out.complain(error);
  expect([said, (error as CommanderError).exitCode]).toEqual(['1.2.3\n', 0]);
});

it.each([
  [['send'], 'parley send --help'],
  [['consent', 'grant', 'x'], 'parley consent grant --help'],
  [['reconcile', 'LI-FIN'], 'parley reconcile --help'],
])('a command that lacks something, or has too much, says where it is told what it takes: %j', async (words, help) => {
  let told = '';
  const { program } = createProgram({}, { answer: () => undefined, complaint: (text) => (told += text) });
  await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow();
  expect(told).toContain(help);
});

it('a command that is none is told in a few lines: what is wrong, the nearest command, and where all of them are', async () => {
  const told = (await complaintAbout('snd')).trimEnd().split('\n');
  expect(told.filter((line) => line !== '')).toEqual([
    "error: unknown command 'snd'",
    '(Did you mean send?)',
    expect.stringContaining('parley help'),
  ]);
  expect(await complaintAbout('zzzzzzzz')).not.toContain('Usage:');
});
