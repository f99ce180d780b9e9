/** Looks through files of any size, a piece at a time. */
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { constants, inflateRawSync } from 'node:zlib';
import { CANARY, needlesOf, PLANTED, type Encoding } from './encodings.js';

export interface Found {
  bytes: number;
  gzipStreams: number;
  /** encoding → where */
  readonly canary: Map<Encoding, string>;
  readonly planted: Set<Encoding>;
}

const PIECE_BYTES = 16 * 1024 * 1024;
/** of the piece before: longer than any needle, and as much of a gzip stream as is inflated again */
const OVERLAP_BYTES = 64 * 1024;
const PIECE = Buffer.alloc(OVERLAP_BYTES + PIECE_BYTES);
/** of a stream, and of what comes out of it */
const STREAM_BYTES_MAX = 4 * 1024 * 1024;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
const CANARIES = needlesOf(CANARY);
const PLANTS = needlesOf(PLANTED);

export const emptyFound = (): Found => ({ bytes: 0, gzipStreams: 0, canary: new Map(), planted: new Set() });

/** @param path a file, or a folder with all that is in it */
export function searchPath(path: string, found: Found): Found {
  const stat = statSync(path);
  if (stat.isDirectory()) for (const name of readdirSync(path)) searchLiving(join(path, name), found);
  else if (stat.isFile()) searchFile(path, found);
  return found;
}

/** A server that lives gives a draft its name at any moment: it is gone then, and what it became was listed or comes after. */
function searchLiving(path: string, found: Found): void {
  try {
    searchPath(path, found);
  } catch (error) {
    if (!path.endsWith('.draft') || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function searchFile(path: string, found: Found): void {
  const file = openSync(path, 'r');
  try {
    searchRange(file, 0, Infinity, path, found);
  } finally {
    closeSync(file);
  }
}

/**
 * A part of an open file.
 * @param name where to say that it was found
 */
export function searchRange(file: number, from: number, to: number, name: string, found: Found): void {
  let kept = 0;
  for (let at = from; at < to;) {
    const read = readSync(file, PIECE, kept, Math.min(PIECE_BYTES, to - at), at);
    if (read === 0) return;
    at += read;
    found.bytes += read;
    searchPiece(PIECE.subarray(0, kept + read), name, found);
    const keep = Math.min(OVERLAP_BYTES, kept + read);
    PIECE.copyWithin(0, kept + read - keep, kept + read);
    kept = keep;
  }
}

function searchPiece(piece: Buffer, path: string, found: Found): void {
  for (const [encoding, needle] of CANARIES) if (piece.includes(needle)) found.canary.set(encoding, path);
  for (const [encoding, needle] of PLANTS) if (piece.includes(needle)) found.planted.add(encoding);
  for (let at = piece.indexOf(GZIP); at >= 0; at = piece.indexOf(GZIP, at + 1)) {
    const inflated = inflate(piece.subarray(at, at + STREAM_BYTES_MAX));
    if (inflated === null) continue;
    found.gzipStreams += 1;
    if (inflated.includes(CANARY)) found.canary.set('gzip', path);
    if (inflated.includes(PLANTED)) found.planted.add('gzip');
  }
}

/** @returns null for three bytes that only look like the beginning of a stream */
function inflate(bytes: Buffer): Buffer | null {
  try {
    // whatever lies behind a stream, in a page of a database say, makes gunzip throw it all away: so without its frame
    const deflated = bytes.subarray(headerBytes(bytes));
    return inflateRawSync(deflated, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: OUTPUT_BYTES_MAX });
  } catch {
    return null;
  }
}

/** RFC 1952 2.3: ten bytes, then what the flags announce. */
function headerBytes(bytes: Buffer): number {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  // a name, a comment: each ends with a zero byte
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1 || bytes.length;
  return flags & 2 ? at + 2 : at;
}
