/** Ed25519 signing keys and the names of all keys. A signing key belongs to one officer, one authority root or the gateway. */
import { native } from '#native';
import type { KeyId } from '../domain/ids.js';
import type { Chance } from '../domain/ports.js';
import { no, ok, type Result } from '../domain/result.js';
import { digestOfBytes } from './digest.js';
import { isSoundEd25519Key } from './native/small-order.js';

/** The suite under which signing keys are named. */
export const SIGNING_SUITE = 'ed25519';
const KEY_BYTES = 32;

export interface SigningKey {
  readonly kid: KeyId;
  /** 32 bytes, RFC 8032 */
  readonly publicKey: Uint8Array;
  /** 32 bytes, secret */
  readonly seed: Uint8Array;
}

const utf8 = new TextEncoder();

/**
 * Names a key by suite and bytes, so that one key under two suites has two names.
 *
 * @param publicKey raw, as its suite writes it
 * @see protocol.md 2: `kid` = D(suite ‖ 0 ‖ raw public key)
 */
export function kidOf(suite: string, publicKey: Uint8Array): KeyId {
  return digestOfBytes(utf8.encode(`${suite}\0`), publicKey) as string as KeyId;
}

/** @param seed 32 bytes, secret; kept by reference */
export function signingKeyOf(seed: Uint8Array): SigningKey {
  const publicKey = native.ed25519Public(seed);
  return { kid: kidOf(SIGNING_SUITE, publicKey), publicKey, seed };
}

export const createSigningKey = (chance: Chance): SigningKey => signingKeyOf(chance.bytes(KEY_BYTES));

/**
 * What enrolment asks of a stranger's public key. A small-order key verifies signatures that nobody made, in node:crypto and
 * in WebCrypto; a point in a second spelling would give one key two names.
 *
 * @returns the same bytes
 */
export function parseSigningPublicKey(bytes: Uint8Array): Result<Uint8Array, string> {
  return isSoundEd25519Key(bytes) ? ok(bytes) : no('not a sound Ed25519 public key');
}
