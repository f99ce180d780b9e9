/**
 * Reads a zip that somebody hostile may have made: nothing is unpacked anywhere, a name is only ever looked up, and a layout that we would
 * not have written is refused before a member is read.
 */
import { EVIDENCE_MEMBERS_MAX, MEMBER_NAME_CHARS_MAX } from '../../../domain/wire/evidence.js';
import { isSameHash as isSame } from '../../../crypto/merkle.js';
import { wrong } from './codes.js';
import {
  CENTRAL_BYTES,
  centralHeader,
  crc32,
  descriptor,
  DESCRIPTOR_BYTES,
  END_BYTES,
  END_MARK,
  endRecord,
  LOCAL_BYTES,
  localHeader,
  ZIP_BYTES_MAX,
  type ZipMember,
} from './zip-format.js';

/** A file that is read where one points at. */
export interface ReadAt {
  /** bytes */
  readonly size: number;
  /** exactly these bytes */
  read(from: number, length: number): Promise<Uint8Array>;
}

/** manifest and manifest.json are not in the manifest */
const MEMBERS_MAX = EVIDENCE_MEMBERS_MAX + 2;
const CHUNK_BYTES = 8 * 1024 * 1024;
const FILE = 'file';
const latin1 = new TextDecoder('latin1');

/**
 * @param isKnown is this the name of a member that evidence can have?
 * @returns the members in their order; each lies where it says, one behind the other, with no byte between
 * @throws EvidenceWrong `FILE_MALFORMED`, `FILE_TOO_LARGE`, `MEMBER_NAME`, `MEMBER_TWICE`
 */
export async function readZip(file: ReadAt, isKnown: (name: string) => boolean): Promise<readonly ZipMember[]> {
  if (file.size > ZIP_BYTES_MAX) wrong('FILE_TOO_LARGE', FILE, `more than ${ZIP_BYTES_MAX} bytes`);
  if (file.size < END_BYTES) wrong('FILE_MALFORMED', FILE, 'not a zip');
  const end = new DataView((await file.read(file.size - END_BYTES, END_BYTES)).slice().buffer);
  // before any number in it is believed: what is broken off ends in anything
  if (end.getUint32(0, true) !== END_MARK) wrong('FILE_MALFORMED', FILE, 'its end is missing: it is broken off, or something follows it');
  const [count, bytes, offset] = [end.getUint16(10, true), end.getUint32(12, true), end.getUint32(16, true)];
  if (count > MEMBERS_MAX || bytes > MEMBERS_MAX * (CENTRAL_BYTES + MEMBER_NAME_CHARS_MAX))
    wrong('FILE_TOO_LARGE', FILE, 'too many members');
  if (offset + bytes + END_BYTES !== file.size || !isSame(new Uint8Array(end.buffer), endRecord(count, bytes, offset)))
    wrong('FILE_MALFORMED', FILE, 'the end of the zip is not as we write it');
  const members = readDirectory(await file.read(offset, bytes), count, isKnown);
  let at = 0;
  for (const member of members) {
    if (member.offset !== at) wrong('FILE_MALFORMED', member.name, 'it does not lie behind the one before');
    at = await checkFrame(file, member);
  }
  if (at !== offset) wrong('FILE_MALFORMED', FILE, 'there is more between the members and their directory');
  return members;
}

function readDirectory(bytes: Uint8Array, count: number, isKnown: (name: string) => boolean): ZipMember[] {
  const members: ZipMember[] = [];
  let at = 0;
  for (let n = 0; n < count; n += 1) {
    if (at + CENTRAL_BYTES > bytes.length) wrong('FILE_MALFORMED', FILE, 'the directory ends too early');
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, CENTRAL_BYTES);
    const chars = view.getUint16(28, true);
    const name = latin1.decode(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + chars));
    // what is refused is named by its number: its name may be made to mislead whoever reads it
    if (chars > MEMBER_NAME_CHARS_MAX || !isKnown(name)) wrong('MEMBER_NAME', `member ${n + 1}`);
    const member = { name, size: view.getUint32(24, true), crc: view.getUint32(16, true), offset: view.getUint32(42, true) };
    const before = members.at(-1);
    if (before !== undefined && before.name >= name) wrong('MEMBER_TWICE', name);
    const header = centralHeader(member);
    if (!isSame(header, bytes.subarray(at, at + header.length)))
      wrong('FILE_MALFORMED', name, 'its place in the directory is not as we write it');
    members.push(member);
    at += header.length;
  }
  if (at !== bytes.length) wrong('FILE_MALFORMED', FILE, 'the directory holds more than its members');
  return members;
}

/** @returns where it ends */
async function checkFrame(file: ReadAt, member: ZipMember): Promise<number> {
  const { name, size, offset } = member;
  const begins = offset + LOCAL_BYTES + name.length;
  const ends = begins + size + DESCRIPTOR_BYTES;
  if (ends > file.size) wrong('FILE_MALFORMED', name, 'it is longer than the file');
  const isFramed =
    isSame(await file.read(offset, LOCAL_BYTES + name.length), localHeader(name)) &&
    isSame(await file.read(begins + size, DESCRIPTOR_BYTES), descriptor(member));
  return isFramed ? ends : wrong('FILE_MALFORMED', name, 'what stands around it is not as we write it');
}

/** A member's bytes, 8 MiB at most at a time. @throws EvidenceWrong `FILE_MALFORMED` behind the last one, where its checksum does not fit */
export async function* readMember(file: ReadAt, { name, size, crc, offset }: ZipMember): AsyncGenerator<Uint8Array> {
  const begins = offset + LOCAL_BYTES + name.length;
  let sum = 0;
  for (let at = 0; at < size; at += CHUNK_BYTES) {
    const chunk = await file.read(begins + at, Math.min(CHUNK_BYTES, size - at));
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== crc) wrong('FILE_MALFORMED', name, 'its checksum does not fit');
}
