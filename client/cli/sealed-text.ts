/** A text that is to be sealed: as an argument, where other users of the machine may see it, or from a file that only its owner reads. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { Command } from 'commander';
import { ParleyError } from '../sdk/index.js';

export interface TextOptions {
  text?: string;
  textFile?: string;
}

/** Adds `--text` and `--text-file`, of which one is given at most. */
export const withText = (command: Command, what: string): Command =>
  command
    .option('--text <text>', `${what}; other users of this machine may see it while the command runs`)
    .option('--text-file <file>', `${what}, from a file; - is standard input`);

/**
 * The text that was given, without the line end of its file.
 * @throws ParleyError `TEXT_TWICE`, `FILE_MISSING`, `TEXT_UNREADABLE`
 */
export async function textOf({ text, textFile }: TextOptions): Promise<string | undefined> {
  if (textFile === undefined) return text;
  if (text !== undefined) throw new ParleyError('TEXT_TWICE', 'Both --text and --text-file are given.', 'Give one of them.');
  const bytes = textFile === '-' ? await buffer(process.stdin) : await bytesOf(textFile);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
  } catch {
    throw new ParleyError('TEXT_UNREADABLE', `${textFile} is no text in UTF-8.`, 'Save it as such, or attach it as a file.');
  }
}

const bytesOf = (path: string): Promise<Uint8Array> =>
  readFile(path).catch(() => {
    throw new ParleyError('FILE_MISSING', `There is no file ${path} that can be read.`, 'Correct the path after --text-file.');
  });
