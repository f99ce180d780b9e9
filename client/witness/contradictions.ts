/** Proof that a log signed two histories: its first contradiction is kept, one file a log, and convicts it before anybody. */
import { join } from 'node:path';
import { parseAddCheckpoint } from '../../crypto/add-checkpoint.js';
import { parseCheckpoint, type Checkpoint } from '../../crypto/checkpoint.js';
import { digestOfBytes } from '../../crypto/digest.js';
import { isOtherHistory, type Hash } from '../../crypto/merkle.js';
import { parseNote, verifyNote } from '../../crypto/note.js';
import type { VerifierKey } from '../../crypto/note-key.js';
import { makeFile, readIfThere } from '../durable-file.js';

export interface Contradictions {
  /**
   * Durable when it resolves.
   *
   * @param cosigned note that was cosigned last
   * @param request that contradicts it, with its proof and note
   * @returns the path where it is kept; null where one of this log is kept already
   */
  keep(origin: string, cosigned: string, request: string): Promise<string | null>;
  /** @returns where the one of this log is kept; null: there is none */
  pathOf(origin: string): Promise<string | null>;
}

export function openContradictions(folder: string): Contradictions {
  const nameOf = (origin: string): string => join(folder, `${digestOfBytes(new TextEncoder().encode(origin))}.contradiction`);
  const pathOf = async (origin: string): Promise<string | null> => ((await readIfThere(nameOf(origin))) === null ? null : nameOf(origin));
  return {
    pathOf,
    async keep(origin, cosigned, request) {
      const isFirst = (await pathOf(origin)) === null && (await makeFile(nameOf(origin), `${cosigned}\n${request}`));
      return isFirst ? nameOf(origin) : null;
    },
  };
}

/**
 * Do the two show two histories, each signed by a known key of the log? A proof that fails is none of that: anybody can send one with a
 * checkpoint that is public.
 */
export function isContradiction(cosigned: string, request: string, keys: readonly VerifierKey[]): boolean {
  const asked = parseAddCheckpoint(request);
  const [older, newer] = [signedBy(keys, cosigned), asked.ok ? signedBy(keys, asked.value.note) : null];
  const proof: readonly Hash[] = asked.ok ? asked.value.proof : [];
  return older !== null && newer !== null && isOtherHistory(older, newer, proof);
}

function signedBy(keys: readonly VerifierKey[], text: string): Checkpoint | null {
  const note = parseNote(text);
  const checkpoint = note.ok && verifyNote(note.value, keys).ok ? parseCheckpoint(note.value.text) : null;
  return checkpoint?.ok ? checkpoint.value : null;
}
