/**
 * Evidence that stands alone: a receipt's claim, a C2SP tlog-proof with the checkpoint in it, and the keys of whom one believes. No
 * network, no log, one file.
 *
 * @see https://c2sp.org/tlog-proof
 */
import { no, ok, type Result } from '../domain/result.js';
import type { Digest } from '../domain/ids.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { verifyCheckpoint, type LogTrust, type WitnessedCheckpoint } from './checkpoint.js';
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

/** What a receipt says about the log; its own signature is checked before (`receipt-batch.ts`). */
export interface LoggedClaim {
  /** the log's origin */
  readonly log: string;
  readonly index: number;
  /** the leaf's data */
  readonly leaf: Digest;
}

/** Which link of the evidence is missing. */
export interface EvidenceGap {
  readonly code: 'PROOF_MALFORMED' | 'LOG_DIFFERS' | 'CHECKPOINT_UNTRUSTED' | 'INDEX_DIFFERS' | 'NOT_INCLUDED';
  readonly detail: string;
}

/** Receipt → inclusion → witnessed checkpoint: did the log that is believed hold this leaf at this place? */
export function verifyEvidence(claim: LoggedClaim, proofText: string, trust: LogTrust): Result<WitnessedCheckpoint, EvidenceGap> {
  const gap = (code: EvidenceGap['code'], detail: string) => no({ code, detail });
  const proof = parseTlogProof(proofText);
  if (!proof.ok) return gap('PROOF_MALFORMED', proof.error);
  if (claim.log !== trust.origin) return gap('LOG_DIFFERS', 'the receipt is of another log than the one that is trusted');
  const witnessed = verifyCheckpoint(proof.value.note, trust);
  if (!witnessed.ok) return gap('CHECKPOINT_UNTRUSTED', witnessed.error);
  if (proof.value.index !== claim.index) return gap('INDEX_DIFFERS', 'the proof is of another leaf than the receipt');
  const { size, root } = witnessed.value.checkpoint;
  const isIncluded = verifyInclusion(leafHash(decodeDigest(claim.leaf)), claim.index, size, proof.value.path, root);
  return isIncluded ? witnessed : gap('NOT_INCLUDED', 'the path does not lead from the leaf to the root');
}
