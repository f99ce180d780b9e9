/** The passphrase comes from a file or from the terminal, never from an argument: arguments are seen by every process. */
import { readFile, stat } from 'node:fs/promises';
import { ParleyError } from '../sdk/index.js';

/** every right of accounts that are neither the owner nor of its group */
const OTHERS = 0o007;

/**
 * @param file path of PARLEY_PASSPHRASE_FILE, or undefined: then it is asked for
 * @param again ask twice, because a mistyped new passphrase locks the keys away
 */
export async function readPassphrase(file: string | undefined, again: boolean): Promise<string> {
  if (file !== undefined && file !== '') return chosen((await textOf(file)).replace(/\r?\n$/, ''));
  if (!process.stdin.isTTY)
    throw new ParleyError(
      'PASSPHRASE_MISSING',
      'There is no terminal to ask for the passphrase.',
      'Set PARLEY_PASSPHRASE_FILE to a file that holds it.',
    );
  const passphrase = await askHidden('Passphrase: ');
  if (again && (await askHidden('Again: ')) !== passphrase) throw new ParleyError('PASSPHRASE_WRONG', 'The two differ.', 'Type it again.');
  return chosen(passphrase);
}

async function textOf(file: string): Promise<string> {
  const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)]).catch((cause: unknown) => {
    throw new ParleyError('PASSPHRASE_MISSING', `There is no file ${file} that can be read.`, 'Correct PARLEY_PASSPHRASE_FILE.', { cause });
  });
  if (process.platform === 'win32' || (mode & OTHERS) === 0) return text;
  throw new ParleyError(
    'PASSPHRASE_FILE_OPEN',
    `The file ${file} is open to every account of this machine.`,
    `Close it: chmod 600 ${file}; of a mounted secret set the mode 0440, and the group.`,
  );
}

function chosen(passphrase: string): string {
  if (passphrase.trim() === '') throw new ParleyError('PASSPHRASE_WRONG', 'It is empty.', 'Choose a passphrase of several words.');
  return passphrase;
}

const ENTER = new Set(['\r', '\n', '\u0004']);
const INTERRUPT = '\u0003';
const ERASE = new Set(['\u007f', '\b']);

/** Reads a line without showing it. */
function askHidden(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(prompt);
  stdin.setRawMode(true).setEncoding('utf8').resume();
  return new Promise((resolve, reject) => {
    let line = '';
    const end = (settle: () => void): void => {
      stdin.off('data', onData);
      stdin.setRawMode(false).pause();
      stderr.write('\n');
      settle();
    };
    const onData = (text: string): void => {
      for (const letter of text) {
        if (letter === INTERRUPT) return end(() => reject(new ParleyError('INTERRUPTED', 'Stopped.', '')));
        if (ENTER.has(letter)) return end(() => resolve(line));
        line = ERASE.has(letter) ? line.slice(0, -1) : line + letter;
      }
    };
    stdin.on('data', onData);
  });
}
