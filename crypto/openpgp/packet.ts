/** Where an OpenPGP packet begins and ends. Both header formats, because gpg 2.2 still writes the old one. RFC 9580 4.2. */
import { no, ok, type Result } from '../../domain/result.js';

export const PKESK_TAG = 1;
export const SEIPD_TAG = 18;

export interface PacketFrame {
  readonly tag: number;
  /** index of the body's first byte, which is the version of the packets that we read */
  readonly bodyAt: number;
  /** index behind the packet's last byte; never beyond the end of the bytes */
  readonly end: number;
  /** the body comes in pieces with lengths between them */
  readonly partial: boolean;
}

interface Length {
  readonly bodyAt: number;
  readonly length: number;
  readonly partial: boolean;
}

/** Reads one packet's header at `at`; the body is not looked at. */
export function parsePacketFrame(bytes: Uint8Array, at: number): Result<PacketFrame, string> {
  const header = bytes[at];
  if (header === undefined || header < 0x80) return no('not an OpenPGP packet');
  const isNew = (header & 0x40) !== 0;
  const first = isNew ? newLength(bytes, at + 1) : oldLength(bytes, at + 1, header & 3);
  if (first === null) return no('a packet length that is missing or without end');
  let last = first;
  while (last.partial) {
    const next = newLength(bytes, last.bodyAt + last.length);
    if (next === null) return no('a packet is cut off');
    last = next;
  }
  const end = last.bodyAt + last.length;
  if (end > bytes.length || end === first.bodyAt) return no('a packet is empty or cut off');
  return ok({ tag: isNew ? header & 0x3f : (header >> 2) & 0xf, bodyAt: first.bodyAt, end, partial: first.partial });
}

/** RFC 9580 4.2.1 */
function newLength(bytes: Uint8Array, at: number): Length | null {
  const octet = bytes[at];
  if (octet === undefined) return null;
  if (octet < 192) return { bodyAt: at + 1, length: octet, partial: false };
  if (octet >= 224 && octet < 255) return { bodyAt: at + 1, length: 2 ** (octet & 31), partial: true };
  if (octet === 255) return fixedLength(bytes, at + 1, 4);
  const second = bytes[at + 1];
  return second === undefined ? null : { bodyAt: at + 2, length: ((octet - 192) << 8) + second + 192, partial: false };
}

/** RFC 9580 4.2.2: one, two or four octets; type 3 has no length and ends with the file, which we do not take */
const oldLength = (bytes: Uint8Array, at: number, type: number): Length | null => (type === 3 ? null : fixedLength(bytes, at, 2 ** type));

/** Of octets that are missing it is too short, and the packet ends beyond the end of the bytes all the same. */
function fixedLength(bytes: Uint8Array, at: number, octets: number): Length {
  const bodyAt = at + octets;
  const length = bytes.subarray(at, bodyAt).reduce((sum, octet) => sum * 256 + octet, 0);
  return { bodyAt, length, partial: false };
}
