/** Keys of signed notes, as configured: `name+keyid+base64(algorithm ‖ public key)`. */
import { native } from '#native';
import { no, ok, type Result } from '../domain/result.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { parseSigningPublicKey } from './signing-key.js';

/** A log's plain signature, or a witness's timestamped one. Their bytes are C2SP's signature types. */
export type KeyAlgorithm = 'ED25519' | 'COSIGNATURE_V1';
const TYPE: Record<KeyAlgorithm, number> = { ED25519: 0x01, COSIGNATURE_V1: 0x04 };

export interface VerifierKey {
  /** without white space and plus; by custom an URL without scheme. A log's is its origin */
  readonly name: string;
  readonly algorithm: KeyAlgorithm;
  /** 32 bytes */
  readonly publicKey: Uint8Array;
}

/** Signs for one key; the secret stays behind the function. */
export interface NoteSigner {
  readonly key: VerifierKey;
  sign(message: Uint8Array): Uint8Array;
}

const utf8 = new TextEncoder();
const NAME = /^[^\p{White_Space}\p{Cc}\p{Cs}+]{1,256}$/u;
const KEY = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/;

/** The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). They name the key; collisions are easy and harmless. */
export const keyIdBytes = (key: VerifierKey): Uint8Array =>
  native.sha256(utf8.encode(`${key.name}\n`), Uint8Array.of(TYPE[key.algorithm]), key.publicKey).slice(0, 4);

/** The id as a verifier key writes it. */
export const hexOf = (keyId: Uint8Array): string => Array.from(keyId, (byte) => byte.toString(16).padStart(2, '0')).join('');

export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${hexOf(keyIdBytes(key))}+${encodeBase64(Uint8Array.of(TYPE[key.algorithm], ...key.publicKey))}`;
}

/** Reads the two Ed25519 kinds; refuses a key id that does not fit and a public key under which strangers could sign. */
export function parseVerifierKey(text: string): Result<VerifierKey, string> {
  const [, name, , encoded] = KEY.exec(text) ?? [];
  if (name === undefined || encoded === undefined || !NAME.test(name)) return no('not a verifier key: name+keyid+base64');
  const bytes = decodeBase64(encoded);
  if (!bytes.ok) return no('not an Ed25519 verifier key');
  const algorithm = (Object.keys(TYPE) as KeyAlgorithm[]).find((one) => TYPE[one] === bytes.value[0]);
  if (algorithm === undefined) return no('a verifier key of an unknown type');
  const publicKey = parseSigningPublicKey(bytes.value.slice(1));
  if (!publicKey.ok) return publicKey;
  const key = { name, algorithm, publicKey: publicKey.value };
  return formatVerifierKey(key) === text ? ok(key) : no('the key id is not that of the key');
}

/**
 * @param name of the log or witness
 * @param seed 32 bytes, secret; kept by reference
 * @throws RangeError for a name that no note can carry
 */
export function createNoteSigner(name: string, algorithm: KeyAlgorithm, seed: Uint8Array): NoteSigner {
  if (!NAME.test(name)) throw new RangeError('a key name has no white space and no plus');
  return { key: { name, algorithm, publicKey: native.ed25519Public(seed) }, sign: (message) => native.ed25519Sign(seed, message) };
}
