/**
 * C2SP signed notes: text and, below an empty line, one line for each signature. Signatures of unknown keys are ignored, which is
 * what lets a log change its key and witnesses join; one that a known key did not make spoils the note.
 *
 * @see https://c2sp.org/signed-note
 */
import { native } from '#native';
import { no, ok, type Result } from '../domain/result.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { isSameHash } from './merkle.js';
import { hexOf, keyIdBytes, type NoteSigner, type VerifierKey } from './note-key.js';

/** a witnessed checkpoint with sixteen post-quantum signatures of 5 kB has half of this */
export const NOTE_CHARS_MAX = 262_144;
export const NOTE_SIGNATURES_MAX = 64;

export interface NoteSignature {
  readonly name: string;
  /** four bytes that say which key, and nothing about whether it signed */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Note {
  /** with its last newline: the bytes that are signed. Not to be trusted before `verifyNote`. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const utf8 = new TextEncoder();
const LONE_SURROGATE = /\p{Cs}/u;
const SIGNATURE_LINE = /^\u2014 ([^\p{White_Space}+]+) ([A-Za-z0-9+/=]+)$/u;
const KEY_ID_BYTES = 4;

/** @param text ends in a newline */
export function signNote(text: string, ...signers: readonly NoteSigner[]): string {
  if (!isNoteText(text)) throw new RangeError('not a text that a note can hold');
  return `${text}\n${signers.map((signer) => signatureLine(signer.key, signer.sign(utf8.encode(text)))).join('')}`;
}

/** @returns the line with its newline, to be put at the end of a note */
export function signatureLine(key: VerifierKey, signature: Uint8Array): string {
  const bytes = new Uint8Array(KEY_ID_BYTES + signature.length);
  bytes.set(keyIdBytes(key));
  bytes.set(signature, KEY_ID_BYTES);
  return `— ${key.name} ${encodeBase64(bytes)}\n`;
}

/** Takes a note apart. Nothing in the result is to be trusted yet. */
export function parseNote(note: string): Result<Note, string> {
  if (note.length > NOTE_CHARS_MAX) return no('a note is shorter');
  const gap = note.lastIndexOf('\n\n');
  if (gap === -1 || !isNoteText(note)) return no('not a signed note');
  const lines = note.slice(gap + 2, -1).split('\n');
  if (lines.length > NOTE_SIGNATURES_MAX) return no('too many signatures');
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = encoded === undefined ? no('not a signature line') : decodeBase64(encoded);
    if (name === undefined || !bytes.ok || bytes.value.length <= KEY_ID_BYTES) return no('not a signature line');
    signatures.push({ name, keyId: bytes.value.slice(0, KEY_ID_BYTES), signature: bytes.value.slice(KEY_ID_BYTES) });
  }
  return ok({ text: note.slice(0, gap + 1), signatures });
}

/** The note's signatures that claim to be of this key. */
export const signaturesBy = (note: Note, key: VerifierKey): NoteSignature[] =>
  note.signatures.filter((one) => one.name === key.name && isSameHash(one.keyId, keyIdBytes(key)));

/**
 * Whose key may have been changed: by its name another key signs, and it does not. Anybody can write such a line.
 *
 * @returns words to stand behind the name, with the other keys' ids; empty where there are none
 */
export function otherKeysOf(note: Note, key: VerifierKey): string {
  const byName = signaturesBy(note, key).length > 0 ? [] : note.signatures.filter(({ name }) => name === key.name);
  return byName.length === 0 ? '' : ` (signed by another key, ${byName.map(({ keyId }) => hexOf(keyId)).join(', ')})`;
}

/**
 * Which of the known keys signed? Looks at plain Ed25519 keys; cosignatures are `cosignature.ts`.
 *
 * @returns at least one key, or why the note is to be thrown away
 */
export function verifyNote(note: Note, known: readonly VerifierKey[]): Result<VerifierKey[], string> {
  const text = utf8.encode(note.text);
  const signed: VerifierKey[] = [];
  for (const key of known.filter((one) => one.algorithm === 'ED25519')) {
    const claimed = signaturesBy(note, key);
    if (!claimed.every((one) => native.ed25519Verify(key.publicKey, text, one.signature)))
      return no(`the signature of ${key.name} is not its own`);
    if (claimed.length > 0) signed.push(key);
  }
  return signed.length > 0 ? ok(signed) : no('no known key signed this note');
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && !LONE_SURROGATE.test(text) && !utf8.encode(text).some((byte) => byte < 0x20 && byte !== 0x0a);
}
