/**
 * What a log sends to a witness, and how the witness's lines are read: the text forms of C2SP tlog-witness.
 *
 * @see https://c2sp.org/tlog-witness
 */
import { no, ok, type Result } from '../domain/result.js';
import type { Instant } from '../domain/time.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { verifyCosignature } from './cosignature.js';
import { HASH_BYTES, type Hash } from './merkle.js';
import { NOTE_CHARS_MAX, otherKeysOf, parseNote, signatureLine, signaturesBy } from './note.js';
import type { VerifierKey } from './note-key.js';

export interface AddCheckpoint {
  /** of the checkpoint that the witness cosigned last; 0: none, or not known */
  readonly oldSize: number;
  /** from `oldSize` to the note's size; empty where they are the same, or from 0 */
  readonly proof: readonly Hash[];
  /** the checkpoint's signed note */
  readonly note: string;
}

/** media type of a witness's 409: the size that it cosigned last */
export const TLOG_SIZE_TYPE = 'text/x.tlog.size';

const PROOF_LINES_MAX = 63;
const OLD_LINE = /^old (0|[1-9][0-9]{0,15})$/;
const HASH_CHARS = encodeBase64(new Uint8Array(HASH_BYTES)).length;
/** a request with the longest note */
export const ADD_CHECKPOINT_CHARS_MAX = NOTE_CHARS_MAX + (PROOF_LINES_MAX + 1) * (HASH_CHARS + 1);

export const formatAddCheckpoint = ({ oldSize, proof, note }: AddCheckpoint): string =>
  [`old ${oldSize}`, ...proof.map(encodeBase64), '', note].join('\n');

/** Reads only what `formatAddCheckpoint` writes. Nothing in the result is to be trusted yet; the note is not even parsed. */
export function parseAddCheckpoint(text: string): Result<AddCheckpoint, string> {
  const gap = text.indexOf('\n\n');
  if (text.length > ADD_CHECKPOINT_CHARS_MAX || gap === -1) return no('not an old size, a proof, an empty line and a checkpoint');
  const [first, ...lines] = text.slice(0, gap).split('\n');
  const decimal = OLD_LINE.exec(first!)?.[1];
  if (!Number.isSafeInteger(Number(decimal))) return no('not an old size');
  if (lines.length > PROOF_LINES_MAX) return no('too long a proof');
  const proof: Hash[] = [];
  for (const line of lines) {
    const hash = decodeBase64(line);
    if (!hash.ok || hash.value.length !== HASH_BYTES) return no('not a proof of hashes');
    proof.push(hash.value);
  }
  return ok({ oldSize: Number(decimal), proof, note: text.slice(gap + 2) });
}

/**
 * Takes from a witness's answer the one line that counts. Lines of other keys are left out, as the protocol asks.
 *
 * @param note that was sent to it
 * @param lines that came back
 * @returns the line with its newline, and when it says that it signed, which is its word; or why the answer is worth nothing
 */
export function cosignatureIn(lines: string, note: string, witness: VerifierKey): Result<{ line: string; at: Instant }, string> {
  // an empty line would make another note of it, and what was signed there spoil this one
  if (`\n${lines}`.includes('\n\n')) return no('an empty line among signatures');
  const joined = parseNote(note + lines);
  if (!joined.ok) return joined;
  const own = signaturesBy(joined.value, witness)[0];
  if (own === undefined) return no(`${witness.name} has not signed it${otherKeysOf(joined.value, witness)}`);
  const at = verifyCosignature({ ...joined.value, signatures: [own] }, witness);
  return at.ok ? ok({ line: signatureLine(witness, own.signature), at: at.value! }) : at;
}
