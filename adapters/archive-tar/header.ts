/** Headers of a POSIX tar: 512 bytes before each entry, so that `tar -t` reads our archives too. */
import { Failure } from '../../domain/failure.js';

export const BLOCK = 512;
const NAME_BYTES = 100;
const SIZE_AT = 124;
const SUM_AT = 148;
/** largest size that eleven octal digits hold; above it the field is a big-endian number with its first bit set (GNU) */
const OCTAL_MAX = 8 ** 11 - 1;

/** Zero bytes that fill up the last block. */
export const padding = (sizeBytes: number): number => (BLOCK - (sizeBytes % BLOCK)) % BLOCK;

export function formatHeader(name: string, sizeBytes: number): Buffer {
  if (Buffer.byteLength(name) > NAME_BYTES) throw new Failure('INVARIANT_BROKEN', 'a name too long for the archive');
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 'ascii');
  header.write('0000600\0', 100, 'ascii');
  header.write('0000000\0', 108, 'ascii');
  header.write('0000000\0', 116, 'ascii');
  if (sizeBytes <= OCTAL_MAX) header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, SIZE_AT, 'ascii');
  else {
    header[SIZE_AT] = 0x80;
    header.writeBigUInt64BE(BigInt(sizeBytes), SIZE_AT + 4);
  }
  // no time: the same content is the same archive
  header.write('00000000000\0', 136, 'ascii');
  header.write('0', 156, 'ascii');
  header.write('ustar\x0000', 257, 'ascii');
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, SUM_AT, 'ascii');
  return header;
}

/** @returns null for a block of zeros, which ends the archive @throws Failure for any other that we did not write */
export function parseHeader(header: Buffer): { readonly name: string; readonly sizeBytes: number } | null {
  if (header.every((byte) => byte === 0)) return null;
  const name = textAt(header, 0, NAME_BYTES);
  const octal = textAt(header, SIZE_AT, 12);
  const sizeBytes = header[SIZE_AT] === 0x80 ? Number(header.readBigUInt64BE(SIZE_AT + 4)) : parseInt(octal, 8);
  // every byte counts: what differs from our one spelling was altered
  if (!/^[\x21-\x7e]+$/.test(name) || !Number.isSafeInteger(sizeBytes) || !formatHeader(name, sizeBytes).equals(header))
    throw new Failure('INVARIANT_BROKEN', 'the archive is altered: a header does not read');
  return { name, sizeBytes };
}

const textAt = (bytes: Buffer, at: number, length: number): string => {
  const text = bytes.toString('latin1', at, at + length);
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
};

/** The checksum's own field counts as spaces. */
const sumOf = (header: Buffer): number => header.reduce((sum, byte, at) => sum + (at >= SUM_AT && at < SUM_AT + 8 ? 0x20 : byte), 0);
