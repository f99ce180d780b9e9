/**
 * The one way in which a file of evidence is a zip: members stored and not compressed, sorted, dated 1980, sizes in the central directory
 * and behind each member. Every byte beside the members' own follows from their names and contents, so a reader that finds another byte
 * there refuses the file, and a stored member cannot be larger than it is.
 *
 * @see APPNOTE.TXT 4.3 (PKWARE)
 */
export const ZIP_DATE = '1980-01-01T00:00:00';
/** Zip's own bound without ZIP64, which we do not write. */
export const ZIP_BYTES_MAX = 2 ** 32 - 2 ** 26;

export const LOCAL_BYTES = 30;
export const DESCRIPTOR_BYTES = 16;
export const CENTRAL_BYTES = 46;
export const END_BYTES = 22;
export const END_MARK = 0x06054b50;

export interface ZipMember {
  readonly name: string;
  /** bytes */
  readonly size: number;
  readonly crc: number;
  /** of its local header, from the beginning of the file */
  readonly offset: number;
}

const ascii = new TextEncoder();
const u16 = (value: number): number[] => [value & 0xff, (value >>> 8) & 0xff];
const u32 = (value: number): number[] => [...u16(value), ...u16(value >>> 16)];
// stored, with a descriptor behind it (flag 8), on the first of January 1980
const common = [...u16(20), ...u16(8), ...u16(0), ...u16(0), ...u16(0x21)];

export const localHeader = (name: string): Uint8Array =>
  Uint8Array.of(...u32(0x04034b50), ...common, ...u32(0), ...u32(0), ...u32(0), ...u16(name.length), ...u16(0), ...ascii.encode(name));

export const descriptor = ({ crc, size }: ZipMember): Uint8Array =>
  Uint8Array.of(...u32(0x08074b50), ...u32(crc), ...u32(size), ...u32(size));

export const centralHeader = ({ name, size, crc, offset }: ZipMember): Uint8Array =>
  Uint8Array.of(
    ...u32(0x02014b50),
    ...u16(20),
    ...common,
    ...u32(crc),
    ...u32(size),
    ...u32(size),
    ...u16(name.length),
    ...[0, 0, 0, 0].flatMap(u16),
    ...u32(0),
    ...u32(offset),
    ...ascii.encode(name),
  );

export const endRecord = (members: number, bytes: number, offset: number): Uint8Array =>
  Uint8Array.of(...u32(END_MARK), ...u32(0), ...u16(members), ...u16(members), ...u32(bytes), ...u32(offset), ...u16(0));

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** @param before of the bytes that came before; 0: none */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
