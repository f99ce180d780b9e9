/** Texts that people give in files: what is wrong is told with the file's name, and nothing of what stands in it. */
import { createReadStream } from 'node:fs';
import { atFile } from '../durable-file.js';
import { ParleyError } from '../sdk/index.js';

const TEXT_BYTES_MAX = 64 * 1024 * 1024;

/**
 * UTF-8, with or without the mark that some editors put first. Another encoding is refused: read as UTF-8, its letters would be lost.
 *
 * @throws ParleyError `TEXT_UNREADABLE`; of the system, with the path
 */
export async function textIn(path: string): Promise<string> {
  const bytes = await bytesIn(path).catch((error: unknown) => {
    throw atFile(error, path);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ParleyError('TEXT_UNREADABLE', `${path} is no text in UTF-8.`, 'Save it as such: editors call it the encoding.');
  }
}

/** Of a device or a pipe nothing says how much there is: it is read until it is too much. */
async function bytesIn(path: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > TEXT_BYTES_MAX)
      throw new ParleyError('TEXT_UNREADABLE', `${path} is longer than ${TEXT_BYTES_MAX} bytes.`, 'Name the file that was meant.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Where JSON is broken, as ` near line 3`, so far as its reader says. */
export function brokenAt(text: string, error: unknown): string {
  const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
  return position === undefined ? '' : ` near line ${text.slice(0, Number(position)).split('\n').length}`;
}
