/** The compiled command as a shell runs it, where whoever reads its answer stops reading. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { disclosureTo } from './disclosure.js';
import { openTerminal } from './terminal.js';

const PROGRAM = fileURLToPath(new URL('../../../dist/client/cli/main.js', import.meta.url));

const { gateway, terminal } = await openTerminal({});

/** @returns its exit code and what it complained of, where nobody reads its answer */
async function unread(...words: string[]): Promise<[number, string]> {
  const env = { ...process.env, PARLEY_HOME: terminal.path('.'), PARLEY_PASSPHRASE_FILE: terminal.path('passphrase') };
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  const child = spawn(process.execPath, [PROGRAM, '--gateway', gateway.origin, ...words], { env, stdio: [...stdio] });
  child.stdout.destroy();
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return [code, complaint];
}

it('ends quietly, as after `head`, when its answer is not read to the end', async () => {
  expect(await unread('form', 'list')).toEqual([0, '']);
});

it('lists again what nobody read, and what a program says that it read to is its own', async () => {
  await terminal.enrol({ 'NG-FIA': 'FIU', 'VG-FIX': 'FIU' });
  await terminal.parley('ng-fia', 'send', terminal.write('note.json', disclosureTo('VG-FIX')));
  const inbox = (...words: string[]) => terminal.parley<{ cursor: string; kind: string }[]>('vg-fix', 'inbox', ...words);
  // `--after` the beginning moves nothing
  await expect.poll(() => inbox('--after', 'MA')).toContainEqual(expect.objectContaining({ kind: 'envelope' }));
  expect(await unread('--json', '--profile', 'vg-fix', 'inbox')).toEqual([0, '']);
  const came = await inbox();
  expect(came).toContainEqual(expect.objectContaining({ kind: 'envelope' }));
  expect(await inbox('--after', came[0]!.cursor)).toEqual(came.slice(1));
  expect(await inbox()).toEqual([]);
});

it.skipIf(!existsSync('/dev/full'))('says in words that its answer could not be written (skipped where there is no /dev/full)', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'form', 'list'], { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
  closeSync(full);
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^ANSWER_NOT_WRITTEN: [^\n]+\n {2}→ [^\n]+\n$/)]);
});
