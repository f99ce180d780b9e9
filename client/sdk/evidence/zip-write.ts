/** Writes the zip: the same members give the same bytes, whenever and wherever. */
import { Zip, ZipPassThrough } from 'fflate';
import { ParleyError } from '../error.js';
import { ZIP_BYTES_MAX, ZIP_DATE } from './zip-format.js';

/** Bytes that are there, or that come as they are read. */
export type MemberBytes = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * The file, chunk by chunk; a member that streams is never held whole.
 *
 * @param members by name
 * @throws ParleyError `EVIDENCE_TOO_LARGE` past what a zip without extensions holds
 */
export async function* writeZip(members: ReadonlyMap<string, MemberBytes>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let written = 0;
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    written += chunk.length;
    if (written > ZIP_BYTES_MAX)
      throw new ParleyError('EVIDENCE_TOO_LARGE', `A file of evidence has at most ${ZIP_BYTES_MAX} bytes.`, 'Make it without bodies.');
    ready.push(chunk);
  });
  for (const [name, bytes] of [...members].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const member = new ZipPassThrough(name);
    // read as local time, which is how a zip tells it
    member.mtime = ZIP_DATE;
    zip.add(member);
    if (bytes instanceof Uint8Array) member.push(bytes, true);
    else {
      for await (const chunk of bytes) {
        member.push(chunk);
        yield* ready.splice(0);
      }
      member.push(new Uint8Array(), true);
    }
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}
