/**
 * What a witness says to a log, decided from the request and what it remembers, without time or storage. Each answer is a status of
 * the protocol; 200 carries what is to be remembered before a signature leaves, if it is new.
 *
 * @see https://c2sp.org/tlog-witness
 */
import { parseAddCheckpoint } from '../../crypto/add-checkpoint.js';
import { parseCheckpoint, type Checkpoint } from '../../crypto/checkpoint.js';
import { EMPTY_ROOT, isSameHash, verifyConsistency, type TreeHead } from '../../crypto/merkle.js';
import { parseNote, verifyNote } from '../../crypto/note.js';
import type { VerifierKey } from '../../crypto/note-key.js';

/** Of which logs: origin → its keys, one, or two while it changes. */
export type KnownLogs = ReadonlyMap<string, readonly VerifierKey[]>;

export type Verdict =
  | { readonly status: 200; readonly checkpoint: Checkpoint; readonly note: string; readonly text: string; readonly isNew: boolean }
  /** the size that was cosigned last, so that the log can prove from there */
  | { readonly status: 409; readonly size: number }
  | { readonly status: 400 | 403 | 404 | 422 };

/**
 * The origin that a request is about, to look up what is remembered of it.
 *
 * @returns null where it is not readable; nothing is verified yet
 */
export function originOf(request: string): string | null {
  const parsed = parseAddCheckpoint(request);
  const note = parsed.ok ? parseNote(parsed.value.note) : parsed;
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  return checkpoint.ok ? checkpoint.value.origin : null;
}

/** @param last what was cosigned last of this origin; null: nothing yet */
export function judge(request: string, logs: KnownLogs, last: TreeHead | null): Verdict {
  const parsed = parseAddCheckpoint(request);
  if (!parsed.ok) return { status: 400 };
  const { oldSize, proof, note } = parsed.value;
  const signed = parseNote(note);
  const checkpoint = signed.ok ? parseCheckpoint(signed.value.text) : signed;
  if (!signed.ok || !checkpoint.ok) return { status: 400 };
  const keys = logs.get(checkpoint.value.origin);
  if (keys === undefined) return { status: 404 };
  if (!verifyNote(signed.value, keys).ok) return { status: 403 };
  const newer = checkpoint.value;
  if (oldSize > newer.size) return { status: 400 };
  const size = last?.size ?? 0;
  if (oldSize !== size) return { status: 409, size };
  if (last !== null && last.size === newer.size && !isSameHash(last.root, newer.root)) return { status: 409, size };
  const isConsistent = last === null ? proof.length === 0 && isWhole(newer) : verifyConsistency(last, newer, proof);
  return isConsistent
    ? { status: 200, checkpoint: newer, note, text: signed.value.text, isNew: last?.size !== newer.size }
    : { status: 422 };
}

/** The first one that is seen is believed; only of the empty tree is the root known. */
const isWhole = (head: TreeHead): boolean => head.size > 0 || isSameHash(head.root, EMPTY_ROOT);
