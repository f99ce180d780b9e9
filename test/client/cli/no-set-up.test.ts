/** Every command there is, typed where nothing was set up: no key store, no gateway, no file. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Argument, Command, Option } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../../client/cli/program.js';

const folder = mkdtempSync(join(tmpdir(), 'parley-bare-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DIGEST = `${'A'.repeat(42)}A`;
const ABSENT = join(folder, 'absent', 'file');
/** what is typed for each argument and owed option, by its name: one of a new name is given a value here */
const TYPED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['card', 'file', 'draft', 'archive', 'path', 'folder'].map((name) => [name, ABSENT])),
  ...Object.fromEntries(
    ['kid', 'request', 'what', 'fingerprint', 'root', 'item', 'digest', 'consent', 'notice', 'designation'].map((name) => [name, DIGEST]),
  ),
  desk: 'INTAKE',
  officer: 'o.9',
  reason: 'LOST',
  exchange: '123e4567-e89b-42d3-a456-426614174000',
  authority: 'NG-FIA',
  profile: 'EGMONT_FIU',
  message: 'REFUSE',
  purpose: 'INTELLIGENCE',
  name: 'example.org/w1',
  '--officer <code>': 'o.1',
  '--role <role>': 'OFFICER',
  '--need <number>': '2',
  '--need <help>': 'ASSET_LOCATION',
  '--reason <code>': 'COURT_ORDER',
  '--to-profile <profile>': 'FORMAL_MLA',
  '--until <time>': '2027-01-31T12:00:00Z',
  '--code <ground>': 'CANNOT_PROVIDE',
  '--code <why>': 'LEGAL_HOLD',
  '--legal-basis <code>': 'RECIPROCITY',
  '--lift <caveat>': 'NO_EXPORT',
  '--way <way>': 'EXCULPATORY',
  '--kind <kind>': 'MOU',
  '--from <day>': '2026-01-01',
  '--witness <vkey>': 'witness.example/w1+9fda89ac+BP4TmWBevNud9J5jH0yeRvb34+T5F69nGCUKDAxgmFQu',
  type: 'FIU',
  code: 'NG-FIA',
};
/** what a rule book or a form says, anybody may read */
const NEEDS_NOTHING = ['advise', 'body', 'form list', 'form print', 'report'];
/** these start a compiled program of the gateway's, or make the key with which a witness begins */
const TRIED_ELSEWHERE = ['serve', 'backup', 'restore', 'witness key'];

const create = (complaint: (text: string) => void = () => undefined) =>
  createProgram({ PARLEY_HOME: join(folder, 'home') }, { answer: () => undefined, complaint });
const isAction = (command: Command): boolean => (command as unknown as { readonly _actionHandler: unknown })._actionHandler !== null;
const leavesOf = (command: Command, path: readonly string[]): { path: string; command: Command }[] => [
  ...(isAction(command) ? [{ path: path.join(' '), command }] : []),
  ...command.commands.flatMap((below) => leavesOf(below, [...path, below.name()])),
];
const leaves = leavesOf(create().program, []);

function typed(name: string): string {
  const value = TYPED[name] ?? TYPED[/<(.+)>/.exec(name)?.[1] ?? ''];
  if (value === undefined) throw new Error(`give ${name} a value in TYPED`);
  return value;
}
const wordsOf = ({ registeredArguments, options }: Command): string[] => [
  ...registeredArguments.filter(({ required }: Argument) => required).map((one) => typed(one.name())),
  ...options.filter(({ mandatory }: Option) => mandatory).flatMap((one) => [one.long!, typed(one.flags)]),
];
/** @returns what a program is told, or null where nothing was wrong */
async function complaintOf(words: readonly string[]): Promise<unknown> {
  let said = '';
  const { program, out } = create((text) => (said += text));
  await program.parseAsync(['--json', ...words], { from: 'user' }).catch((error: unknown) => out.complain(error));
  return said === '' ? null : JSON.parse(said);
}
const sentence: unknown = expect.stringMatching(/^\S.{8,}$/);
const code: unknown = expect.stringMatching(/^(?:NOT_ENROLLED|PASSPHRASE_MISSING|FILE_\w+|NOTHING_SAID)$/);
const missing: unknown = expect.objectContaining({ code, detail: sentence, next: sentence });

describe('where nothing was set up', () => {
  it('there are commands to be tried', () => {
    expect(leaves.length).toBeGreaterThan(80);
    expect([...NEEDS_NOTHING, ...TRIED_ELSEWHERE].filter((path) => !leaves.some((leaf) => leaf.path === path))).toEqual([]);
  });

  it.each(leaves.filter(({ path }) => !TRIED_ELSEWHERE.includes(path)))(
    'parley $path says what is missing and what to do, and leaves nothing behind',
    async ({ path, command }) => {
      const complaint = await complaintOf([...path.split(' '), ...wordsOf(command)]);
      expect(complaint).toEqual(NEEDS_NOTHING.includes(path) ? null : missing);
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
