/**
 * The operator's backup and restore. The gateway's own program does the work, in a process of its own; its signing key never lies in an archive,
 * only beside it, under a passphrase.
 */
import { spawn } from 'node:child_process';
import { readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { openUnderPassphrase, sealUnderPassphrase } from '../../../crypto/open-passphrase.js';
import { formatInstant } from '../../../domain/time.js';
import { createFolder, isFolder } from '../../durable-file.js';
import { ParleyError } from '../../sdk/index.js';
import { systemClock } from '../clock-system.js';
import { writeNew } from '../new-file.js';
import { readPassphrase } from '../passphrase.js';
import { SIGNALS } from '../stopped.js';
import { workFactorOf, type Environment, type Workplace } from '../workplace.js';

interface Copied {
  readonly size: number;
  readonly root: string;
  readonly parts: number;
  readonly checkpoint?: string | null;
  /** of a restore: witnesses that did not answer, and why */
  readonly silent?: readonly string[];
}

export const backupCommands = (workplace: Workplace): Command[] => [backupCommand(workplace), restoreCommand(workplace)];

const backupCommand = ({ out, env }: Workplace): Command =>
  new Command('backup')
    .description(
      'copy database and sealed bodies of a gateway, while it serves, into one archive; with the same PARLEY_* as `parley serve`',
    )
    .requiredOption('--out <path>', 'a new file, or a folder that gets one')
    .option('--key-out <file>', 'the gateway’s signing key too, in a file of its own under a passphrase (`age -d` opens it)')
    .action(async ({ out: target, keyOut }: { out: string; keyOut?: string }) => {
      const archive = (await isFolder(target)) ? join(target, `parley-${stamp()}.tar`) : target;
      if (keyOut !== undefined) await sealKey(env, keyOut);
      const made = await uninterrupted((interrupted) => runGatewayProgram(interrupted, 'backup', archive)).catch(async (error: unknown) => {
        // the same command again makes both
        if (keyOut !== undefined) await rm(keyOut);
        throw error;
      });
      out.say({ archive, ...made }, () =>
        [
          `${archive}: ${made.size} leaves of the log, ${made.parts} sealed parts.`,
          made.checkpoint === null ? 'Nothing is published yet.' : 'Its log is the published one, and what came after it.',
          ...(keyOut === undefined
            ? ['The gateway’s key is not in it. Without that key nothing is restored: keep it elsewhere (--key-out).']
            : []),
        ].join('\n'),
      );
    });

const restoreCommand = ({ out, env }: Workplace): Command =>
  new Command('restore')
    .description('bring an archive back into an empty place, verified; with the same PARLEY_* as `parley serve`')
    .argument('<archive>', 'what `parley backup` made')
    .option('--key <file>', 'the gateway’s signing key, as --key-out wrote it')
    .option('--accept-loss', 'go back, although nothing here says that the log was no longer than this')
    .action(async (archive: string, { key, acceptLoss = false }: { key?: string; acceptLoss?: boolean }) => {
      const opened = key === undefined ? null : await openKey(env, key);
      const made = await uninterrupted(async (interrupted) => {
        const takeBack = opened === null ? nothing : await putKey(env, opened);
        return runGatewayProgram(interrupted, 'restore', archive, ...(acceptLoss ? ['--accept-loss'] : [])).catch(
          async (error: unknown) => {
            await takeBack();
            throw error;
          },
        );
      });
      out.say({ archive, ...made }, () =>
        [
          `Restored and verified: ${made.size} leaves, root ${made.root}, ${made.parts} sealed parts.`,
          ...(made.silent ?? []).map((why) => `A witness did not answer, and is asked again before the gateway serves: ${why}`),
          'The first leaf after them says so to every authority. Whatever was accepted after the backup is lost: parley status of who holds its receipts names it, to be done anew.',
        ].join('\n'),
      );
    });

/** 20261126T021500Z */
const stamp = (): string => formatInstant(systemClock.now()).replaceAll(/[-:]|\.\d{3}/g, '');

const keyFileOf = ({ PARLEY_GATEWAY_KEY_FILE: file, PARLEY_DATA: data }: Environment): string =>
  file || join(data || 'parley-data', 'keys', 'gateway.json');

async function sealKey(env: Environment, target: string): Promise<void> {
  const key = await readFile(keyFileOf(env)).catch(() => {
    throw new ParleyError('KEY_MISSING', `There is no gateway key at ${keyFileOf(env)}.`, 'Set PARLEY_DATA or PARLEY_GATEWAY_KEY_FILE.');
  });
  const passphrase = await readPassphrase(env.PARLEY_PASSPHRASE_FILE, true);
  const sealed = await sealUnderPassphrase(key, passphrase, workFactorOf(env.PARLEY_SCRYPT_LOG_N));
  await writeNew(target, sealed);
}

const nothing = (): Promise<void> => Promise.resolve();

async function openKey(env: Environment, file: string): Promise<Uint8Array> {
  const sealed = await readFile(file);
  const key = await openUnderPassphrase(sealed, await readPassphrase(env.PARLEY_PASSPHRASE_FILE, false));
  if (key === null) throw new ParleyError('PASSPHRASE_WRONG', 'The passphrase does not open this key.', 'It may be altered, too.');
  return key;
}

/** @returns takes away what it made, key and folders: a restore that fails leaves nothing behind */
async function putKey(env: Environment, key: Uint8Array): Promise<() => Promise<void>> {
  // brought back before, by a restore that stopped later
  const there = await readFile(keyFileOf(env)).catch(() => null);
  if (there !== null && Buffer.compare(there, key) === 0) return nothing;
  const path = resolve(keyFileOf(env));
  const made = await createFolder(dirname(path));
  await writeNew(path, key);
  return async () => {
    await rm(path);
    // folders that something else has come into stay
    for (const folder of made.toReversed()) if (!(await rmdir(folder).then(always, never))) return;
  };
}

const always = (): boolean => true;
const never = (): boolean => false;

/** Whoever is interrupted hears of it instead of ending at once, and clears up: from before there is anything to clear up. */
async function uninterrupted<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const hearing = new AbortController();
  const hear = (signal: NodeJS.Signals): void => hearing.abort(signal);
  for (const signal of SIGNALS) process.on(signal, hear);
  try {
    return await work(hearing.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, hear);
  }
}

/** What went wrong stands on standard error, in that program's words. */
async function runGatewayProgram(interrupted: AbortSignal, ...words: readonly string[]): Promise<Copied> {
  const program = fileURLToPath(new URL('../../../gateway/main-backup.js', import.meta.url));
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const pass = (): void => void child.kill(interrupted.reason as NodeJS.Signals);
  interrupted.addEventListener('abort', pass);
  if (interrupted.aborted) pass();
  const [said, complaint] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  const code = await new Promise<number | null>((resolve) =>
    child.exitCode === null ? child.once('exit', resolve) : resolve(child.exitCode),
  );
  interrupted.removeEventListener('abort', pass);
  if (code !== 0) throw notDone(complaint.trim() || `It ended with ${code ?? 'a signal'}.`);
  return JSON.parse(said) as Copied;
}

/** A failure that has a code keeps it. */
function notDone(complaint: string): ParleyError {
  const [, code, what] = /^([A-Z]+_[A-Z_]+): ([^\n]+)$/.exec(complaint) ?? [];
  return code === undefined ? new ParleyError('NOT_DONE', complaint, '') : new ParleyError(code, what!, '');
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
  return text;
}
