/**
 * A witness's word that it saw this checkpoint, when, and that it contradicts none that it saw before. The Ed25519 kind; ML-DSA
 * cosignatures stay in the note as signatures of unknown keys.
 *
 * @see https://c2sp.org/tlog-cosignature
 */
import { native } from '#native';
import { no, ok, type Result } from '../domain/result.js';
import { instantFromMs, MINUTE_MS, SECOND_MS, type Instant } from '../domain/time.js';
import { signatureLine, signaturesBy, type Note } from './note.js';
import type { NoteSigner, VerifierKey } from './note-key.js';

/** A witness's clock may be that far from one's own, in milliseconds: what it says beyond that says nothing about age, here and at the gateway alike. */
export const WITNESS_SKEW_MS_MAX = 5 * MINUTE_MS;

const utf8 = new TextEncoder();
const TIME_BYTES = 8;
const ED25519_BYTES = 64;
// the last second of year 9999: later is no time that we could write
const SECONDS_MAX = 253_402_300_799n;

const signedBytes = (text: string, seconds: bigint): Uint8Array => utf8.encode(`cosignature/v1\ntime ${seconds}\n${text}`);

/**
 * @param text of the checkpoint note, which the witness has checked for consistency
 * @returns the line to put at the end of the note
 */
export function cosign(text: string, signer: NoteSigner, at: Instant): string {
  const seconds = BigInt(Math.floor(at / SECOND_MS));
  const signature = new Uint8Array(TIME_BYTES + ED25519_BYTES);
  new DataView(signature.buffer).setBigUint64(0, seconds);
  signature.set(signer.sign(signedBytes(text, seconds)), TIME_BYTES);
  return signatureLine(signer.key, signature);
}

/**
 * When did this witness see the note's checkpoint? Whether that is recent enough, or in the future, is the caller's to judge.
 *
 * @returns its latest time, null where it said nothing, or an error where a line in its name is not its own
 */
export function verifyCosignature(note: Note, witness: VerifierKey): Result<Instant | null, string> {
  if (witness.algorithm !== 'COSIGNATURE_V1') return no(`${witness.name} is not the key of a witness`);
  let latest: Instant | null = null;
  for (const { signature } of signaturesBy(note, witness)) {
    if (signature.length !== TIME_BYTES + ED25519_BYTES) return no(`the cosignature of ${witness.name} has the wrong length`);
    const seconds = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
    const isOwn = native.ed25519Verify(witness.publicKey, signedBytes(note.text, seconds), signature.slice(TIME_BYTES));
    if (!isOwn || seconds > SECONDS_MAX) return no(`the cosignature of ${witness.name} is not its own`);
    const at = instantFromMs(Number(seconds) * SECOND_MS);
    if (latest === null || at > latest) latest = at;
  }
  return ok(latest);
}
