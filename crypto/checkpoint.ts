/**
 * A checkpoint: how many leaves the log had and their root, signed by the log and cosigned by witnesses.
 *
 * @see https://c2sp.org/tlog-checkpoint
 */
import { no, ok, type Result } from '../domain/result.js';
import type { Instant } from '../domain/time.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { encodeBase64url } from './base64url.js';
import { verifyCosignature } from './cosignature.js';
import { HASH_BYTES, type TreeHead } from './merkle.js';
import { otherKeysOf, parseNote, signNote, verifyNote, type Note } from './note.js';
import type { NoteSigner, VerifierKey } from './note-key.js';

export interface Checkpoint extends TreeHead {
  /** the log's name; statements carry it as `aud` */
  readonly origin: string;
  /** opaque lines that nobody audits; we write none */
  readonly extensions: readonly string[];
}

const SIZE = /^(?:0|[1-9][0-9]*)$/;

/** @returns the text that is signed, with its last newline */
export const formatCheckpoint = ({ origin, size, root, extensions }: Checkpoint): string =>
  [origin, size, encodeBase64(root), ...extensions, ''].join('\n');

/** Reads only what `formatCheckpoint` writes. The text says nothing before its note is verified. */
export function parseCheckpoint(text: string): Result<Checkpoint, string> {
  const lines = text.split('\n');
  if (lines.length < 4 || lines.pop() !== '' || lines.includes('')) return no('not a checkpoint: three lines at least, none empty');
  const [origin, decimal, encoded, ...extensions] = lines as [string, string, string, ...string[]];
  const root = decodeBase64(encoded);
  if (!SIZE.test(decimal) || !Number.isSafeInteger(Number(decimal))) return no('not a tree size');
  if (!root.ok || root.value.length !== HASH_BYTES) return no('not a root hash');
  return ok({ origin, size: Number(decimal), root: root.value, extensions });
}

/**
 * The log's note. A log must never sign a checkpoint that an earlier one of its own is not the beginning of: the caller sees to it.
 *
 * @param signer its key name is the origin
 */
export const signCheckpoint = (head: TreeHead, signer: NoteSigner): string =>
  signNote(formatCheckpoint({ origin: signer.key.name, ...head, extensions: [] }), signer);

/** Whom a reader believes. */
export interface LogTrust {
  readonly origin: string;
  /** the log's keys: one, or two while it changes */
  readonly logKeys: readonly VerifierKey[];
  readonly witnesses: readonly VerifierKey[];
  /** how many distinct witnesses must have seen a checkpoint; 0: the log calls itself unwitnessed */
  readonly quorum: number;
}

export interface WitnessedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
  readonly cosignatures: readonly { readonly witness: string; readonly at: Instant }[];
}

/** Parse, the log's signature, the origin, the witnesses: all of it or nothing. */
export function verifyCheckpoint(text: string, trust: LogTrust): Result<WitnessedCheckpoint, string> {
  const note = parseNote(text);
  if (!note.ok) return note;
  const signed = verifyNote(note.value, trust.logKeys);
  if (!signed.ok) return signed;
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value.origin !== trust.origin) return no('a checkpoint of another log');

  const cosignatures: { witness: string; at: Instant }[] = [];
  // one key under two names is still one witness
  const seen = new Set<string>();
  for (const witness of trust.witnesses) {
    const at = verifyCosignature(note.value, witness);
    if (!at.ok) return at;
    if (at.value === null) continue;
    seen.add(encodeBase64url(witness.publicKey));
    cosignatures.push({ witness: witness.name, at: at.value });
  }
  if (seen.size < trust.quorum) {
    const names = trust.witnesses.map((witness) => `${witness.name}${otherKeysOf(note.value, witness)}`).join(', ');
    return no(`${seen.size} of the ${trust.quorum} witnesses that are asked for have seen this checkpoint, of those pinned here: ${names}`);
  }
  return ok({ checkpoint: checkpoint.value, note: note.value, cosignatures });
}
