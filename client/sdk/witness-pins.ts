/** Which witnesses this client believes, and how many of them must have seen a checkpoint: pinned at enrolment, beside the gateway. */
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../crypto/note-key.js';
import { encodeBase64url } from '../../crypto/base64url.js';
import { ParleyError } from './error.js';
import { certain } from '../../domain/result.js';
import { readRecord, writeRecord, type KeyStore } from './key-store.js';

export interface WitnessPins {
  readonly witnesses: readonly VerifierKey[];
  readonly quorum: number;
}

const RECORD = 'witnesses';

interface PinsRecord {
  readonly witnesses: readonly string[];
  readonly quorum: number;
}

/**
 * What somebody typed. The keys are to be got from the witnesses' operators, by another way than the gateway's.
 *
 * @param verifierKeys C2SP `name+keyid+base64`, of the kind that cosigns
 * @param quorum 1 up to their number
 * @throws ParleyError `WITNESSES_MALFORMED`, with every problem at once
 */
export function parseWitnessPins(verifierKeys: readonly string[], quorum: number): WitnessPins {
  const problems: string[] = [];
  const witnesses = verifierKeys.flatMap((text) => {
    const key = parseVerifierKey(text);
    if (!key.ok) problems.push(`${text}: ${key.error}`);
    else if (key.value.algorithm !== 'COSIGNATURE_V1') problems.push(`${key.value.name}: not the key of a witness`);
    else return [key.value];
    return [];
  });
  // one key under two names is still one witness
  const distinct = new Set(witnesses.map(({ publicKey }) => encodeBase64url(publicKey))).size;
  if (distinct < witnesses.length) problems.push('one key is given twice');
  if (!Number.isSafeInteger(quorum) || quorum < 1 || quorum > verifierKeys.length)
    problems.push(`the quorum is a whole number from 1 to the ${verifierKeys.length} witnesses`);
  if (problems.length > 0)
    throw new ParleyError(
      'WITNESSES_MALFORMED',
      `${problems.join('; ')}.`,
      'Give each witness once: --witness NAME+ID+KEY, and --quorum K.',
    );
  return { witnesses, quorum };
}

/** Replaces what was pinned. */
export const pinWitnesses = (store: KeyStore, { witnesses, quorum }: WitnessPins): Promise<void> =>
  writeRecord(store, RECORD, { witnesses: witnesses.map(formatVerifierKey), quorum } satisfies PinsRecord);

/** @returns null where the gateway's word is all that this client has about the log */
export async function readWitnessPins(store: KeyStore): Promise<WitnessPins | null> {
  const record = (await readRecord(store, RECORD)) as PinsRecord | null;
  if (record === null) return null;
  return { witnesses: record.witnesses.map((text) => certain(parseVerifierKey(text))), quorum: record.quorum };
}
