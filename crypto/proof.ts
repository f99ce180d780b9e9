/**
 * That a leaf is in the log: as the API sends it, and as a file that stands alone, a C2SP tlog-proof with the checkpoint in it.
 *
 * @see https://c2sp.org/tlog-proof
 */
import { no, ok, type Result } from '../domain/result.js';
import type { Digest } from '../domain/ids.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { HASH_BYTES, leafHash, verifyInclusion, type Hash, type TreeHead } from './merkle.js';
import { decodeDigest } from './merkle/digests.js';
import { NOTE_CHARS_MAX } from './note.js';

/** As the API sends it: leaf `index` in the tree of the first `size` leaves. */
export interface LogProof {
  readonly index: number;
  readonly size: number;
  /** from the leaf's sibling up */
  readonly path: readonly Digest[];
}

/** @param data the leaf's data, not its hash */
export const verifyLogProof = (data: Uint8Array, proof: LogProof, head: TreeHead): boolean =>
  proof.size === head.size && verifyInclusion(leafHash(data), proof.index, proof.size, proof.path.map(decodeDigest), head.root);

/** The same as a file, whose tree size is the checkpoint's. */
export interface TlogProof {
  readonly index: number;
  readonly path: readonly Hash[];
  /** the checkpoint's signed note, verbatim */
  readonly note: string;
  /** never authenticated by the proof; the receipt's place. Absent where there is none */
  readonly extra?: Uint8Array;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
const PATH_MAX = 63;
/** `extra` and path beside the note */
export const PROOF_CHARS_MAX = NOTE_CHARS_MAX + 65_536;

export const formatTlogProof = ({ index, path, note, extra }: TlogProof): string =>
  [HEADER, ...(extra === undefined ? [] : [`extra ${encodeBase64(extra)}`]), `index ${index}`, ...path.map(encodeBase64), '', note].join(
    '\n',
  );

/** Reads only what `formatTlogProof` writes. Nothing in the result is to be trusted yet. */
export function parseTlogProof(text: string): Result<TlogProof, string> {
  const gap = text.indexOf('\n\n');
  if (text.length > PROOF_CHARS_MAX || gap === -1) return no('not a tlog-proof');
  const [header, ...lines] = text.slice(0, gap).split('\n');
  if (header !== HEADER) return no('not a tlog-proof of version 1');
  const extra = lines[0]?.startsWith('extra ') ? decodeBase64(lines.shift()!.slice('extra '.length)) : null;
  if (extra !== null && (!extra.ok || extra.value.length === 0)) return no('not base64 behind extra');
  const decimal = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? '')?.[1];
  if (!Number.isSafeInteger(Number(decimal))) return no('no index');
  const path: Hash[] = [];
  for (const line of lines) {
    const hash = decodeBase64(line);
    if (!hash.ok || hash.value.length !== HASH_BYTES || path.length === PATH_MAX) return no('not a path of hashes');
    path.push(hash.value);
  }
  return ok({ index: Number(decimal), path, note: text.slice(gap + 2), ...(extra === null ? {} : { extra: extra.value }) });
}
