/** The spellings under which a text may lie about. */
import { gzipSync } from 'node:zlib';

/** Twelve bytes that nothing else says: every canary begins with them, so that eight needles find them all. */
export const CANARY = 'PARLEYCANARY';
/** The same for what the search itself plants, to see that it would have found a canary. */
export const PLANTED = 'PARLEYPLANTE';

export const ENCODINGS = ['raw', 'hex', 'HEX', 'base64 +0', 'base64 +1', 'base64 +2', 'UTF-16LE', 'UTF-16BE', 'gzip'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Base64 of the text behind `offset` other bytes: only the characters that the text alone decides. The two alphabets agree on them. */
function base64At(text: string, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]).toString('base64url');
  return encoded.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + text.length) * 8) / 6));
}

/** What to look for, gzip aside: streams are inflated and searched for the raw text. */
export function needlesOf(text: string): ReadonlyMap<Encoding, Buffer> {
  const utf16 = Buffer.from(text, 'utf16le');
  return new Map<Encoding, Buffer>([
    ['raw', Buffer.from(text)],
    ['hex', Buffer.from(Buffer.from(text).toString('hex'))],
    ['HEX', Buffer.from(Buffer.from(text).toString('hex').toUpperCase())],
    ['base64 +0', Buffer.from(base64At(text, 0))],
    ['base64 +1', Buffer.from(base64At(text, 1))],
    ['base64 +2', Buffer.from(base64At(text, 2))],
    ['UTF-16LE', utf16],
    ['UTF-16BE', Buffer.from(utf16).swap16()],
  ]);
}

/** The text in every encoding, among other bytes: what is planted in a place. Its gzip holds nothing raw. */
export function plantOf(text: string): Buffer {
  const noise = '-'.repeat(30);
  const spelled = [...needlesOf(text).values()].flatMap((needle) => [Buffer.from(noise), needle]);
  return Buffer.concat([...spelled, Buffer.from(noise), gzipSync(Buffer.from(`${noise}${text}${noise}`))]);
}
