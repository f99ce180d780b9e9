/**
 * Statements: everything that binds is a compact JWS over exact bytes. Its digest covers the text, so that the text must be
 * the only spelling of its bytes.
 *
 * @see protocol.md 2
 */
import { CompactSign, type JWK } from 'jose';
import type { Digest, KeyId } from '../domain/ids.js';
import { parseKeyId } from '../domain/ids.js';
import type { Verifier } from '../domain/ports.js';
import { no, ok, type Result } from '../domain/result.js';
import { decodeBase64url, encodeBase64url } from './base64url.js';
import { digestOfBytes } from './digest.js';
import { kidOf, SIGNING_SUITE, type SigningKey } from './signing-key.js';

/** characters; the envelope's bound. A directory entry may be longer: its reader passes the bound of its type */
const STATEMENT_CHARS_MAX = 64 * 1024;
const SIGNATURE_BYTES = 64;

/** Nothing in it is to be trusted yet: whoever has a `ParsedStatement` has bytes in the right shape and no more. */
export interface ParsedStatement {
  readonly compact: string;
  readonly digest: Digest;
  readonly typ: string;
  /** the key that the statement claims */
  readonly kid: KeyId;
  /** as signed, not yet read as JSON */
  readonly payload: Uint8Array;
  /** 64 bytes */
  readonly signature: Uint8Array;
  /** ASCII of the first two parts and the dot between them */
  readonly signingInput: Uint8Array;
}

const ascii = new TextEncoder();
const latin1 = new TextDecoder('latin1');
// One spelling of the header, members in this order: what is unknown, absent, repeated or escaped does not fit
const HEADER = /^\{"alg":"Ed25519","typ":"(parley-[a-z]+(?:-[a-z]+)*\+json)","kid":"([\w-]{43})"\}$/;

const headerOf = (typ: string, kid: string): string => `{"alg":"Ed25519","typ":"${typ}","kid":"${kid}"}`;

/** @param compact a statement that was parsed or just made */
export const digestOf = (compact: string): Digest => digestOfBytes(ascii.encode(compact));

/**
 * Takes the text apart without verifying anything: nothing in the result is to be trusted yet.
 *
 * Sixteen different last characters, a trailing `=` and a newline all pass a lenient decoder and would give one statement
 * many digests. Here each part must be its own re-encoding.
 *
 * @param compact from anyone
 * @param charsMax the bound of the expected type
 */
export function parseStatement(compact: string, charsMax = STATEMENT_CHARS_MAX): Result<ParsedStatement, string> {
  if (compact.length > charsMax) return no(`longer than ${charsMax} characters`);
  const first = compact.indexOf('.');
  const second = compact.indexOf('.', first + 1);
  // no first dot: both searches start at the beginning and find none
  if (second < 0) return no('not three parts');
  const header = decodeBase64url(compact.slice(0, first));
  if (!header.ok) return header;
  const match = HEADER.exec(latin1.decode(header.value));
  if (match === null) return no('the header is not exactly alg Ed25519, typ, kid');
  const kid = parseKeyId(match[2]!);
  if (!kid.ok) return kid;
  const payload = decodeBase64url(compact.slice(first + 1, second));
  if (!payload.ok) return payload;
  // a third dot is a foreign character here
  const signature = decodeBase64url(compact.slice(second + 1));
  if (!signature.ok) return signature;
  if (signature.value.length !== SIGNATURE_BYTES) return no('the signature is not 64 bytes');
  const bytes = ascii.encode(compact);
  return ok({
    compact,
    digest: digestOfBytes(bytes),
    typ: match[1]!,
    kid: kid.value,
    payload: payload.value,
    signature: signature.value,
    signingInput: bytes.subarray(0, second),
  });
}

/**
 * Whether `publicKey` made this statement: the claimed key id is that key's, and the signature fits the exact bytes.
 * Says nothing of whose key it is or whether it was valid.
 *
 * @param publicKey 32 bytes, from a directory entry
 */
export async function verifyStatement(parsed: ParsedStatement, publicKey: Uint8Array, verifier: Verifier): Promise<boolean> {
  if (kidOf(SIGNING_SUITE, publicKey) !== parsed.kid) return false;
  return verifier.verify(publicKey, parsed.signingInput, parsed.signature);
}

/**
 * Signs exact bytes: an object is serialised once, here, and never again.
 *
 * @param payload an object whose numbers are safe integers, or its JSON bytes
 * @returns the compact JWS
 * @throws RangeError where `typ` is not a statement's type or the key's id is not one, so that we could not read it ourselves
 */
export async function signStatement(typ: string, payload: object | Uint8Array, key: SigningKey): Promise<string> {
  if (!HEADER.test(headerOf(typ, key.kid))) throw new RangeError(`not the type of a statement: ${typ}`);
  const bytes = payload instanceof Uint8Array ? payload : ascii.encode(JSON.stringify(payload));
  return new CompactSign(bytes).setProtectedHeader({ alg: 'Ed25519', typ, kid: key.kid }).sign(jwkOf(key));
}

// jose keeps what it imported beside the object it imported it from: the same object again is several times as fast
const jwks = new WeakMap<SigningKey, JWK>();

function jwkOf(key: SigningKey): JWK {
  const known = jwks.get(key);
  if (known !== undefined) return known;
  const jwk: JWK = { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(key.publicKey), d: encodeBase64url(key.seed) };
  jwks.set(key, jwk);
  return jwk;
}
