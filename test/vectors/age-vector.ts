import { bech32 } from '@scure/base';
import { inflateSync } from 'node:zlib';
import type { AgeSuite } from '../../crypto/age/suite.js';

/** One file of the C2SP age test kit, cut where Parley cuts: seal and body. */
export interface AgeVector {
  readonly expect: string;
  readonly payloadSha256: string | null;
  readonly identities: readonly { readonly suite: AgeSuite; readonly secret: Uint8Array }[];
  readonly armored: boolean;
  readonly stanzas: number;
  readonly seal: Uint8Array;
  readonly body: Uint8Array;
}

export function parseAgeVector(bytes: Uint8Array): AgeVector {
  const whole = Buffer.from(bytes);
  const gap = whole.indexOf('\n\n');
  const lines = whole.subarray(0, gap).toString('latin1').split('\n');
  const values = (key: string): string[] => lines.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  const packed = whole.subarray(gap + 2);
  const file = values('compressed').length > 0 ? inflateSync(packed) : packed;
  const end = sealEnd(file);
  const seal = file.subarray(0, end);
  return {
    expect: values('expect')[0] ?? '',
    payloadSha256: values('payload')[0] ?? null,
    identities: values('identity').map(parseIdentity),
    armored: values('armored').includes('yes'),
    stanzas: seal.toString('latin1').match(/^->/gm)?.length ?? 0,
    seal: new Uint8Array(seal),
    body: new Uint8Array(file.subarray(end)),
  };
}

// after the MAC line, or all of it where there is none
function sealEnd(file: Buffer): number {
  const mac = file.indexOf('\n---');
  const newline = mac < 0 ? -1 : file.indexOf('\n', mac + 1);
  return newline < 0 ? file.length : newline + 1;
}

function parseIdentity(text: string): { suite: AgeSuite; secret: Uint8Array } {
  const { prefix, words } = bech32.decode(text as `${string}1${string}`, false);
  const suite = prefix.toUpperCase() === 'AGE-SECRET-KEY-PQ-' ? 'age-pq-1' : 'age-x25519-1';
  return { suite, secret: bech32.fromWords(words) };
}
