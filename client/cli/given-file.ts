/** Texts that people give in files: what is wrong is told with the file's name, and nothing of what stands in it. */
import { readFile } from 'node:fs/promises';
import { atFile } from '../durable-file.js';
import { ParleyError } from '../sdk/index.js';

/**
 * UTF-8, with or without the mark that some editors put first. Another encoding is refused: read as UTF-8, its letters would be lost.
 *
 * @throws ParleyError `TEXT_UNREADABLE`; of the system, with the path
 */
export async function textIn(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw atFile(error, path);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ParleyError('TEXT_UNREADABLE', `${path} is no text in UTF-8.`, 'Save it as such: editors call it the encoding.');
  }
}

/** Where JSON is broken, as ` near line 3`, so far as its reader says. */
export function brokenAt(text: string, error: unknown): string {
  const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
  return position === undefined ? '' : ` near line ${text.slice(0, Number(position)).split('\n').length}`;
}
