/**
 * RFC 9421 as we take it: one signature labelled `sig`, HMAC-SHA-256 under the session's key, over exactly the components below.
 * It lets a request in and is evidence of nothing: statements bear their own signatures.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421 sections 2.5 and 3.2; RFC 9530 for Content-Digest
 */
import { createHash, createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

export interface SignatureClaim {
  /** the session that the caller says is theirs */
  readonly keyid: string;
  /** seconds since 1970 */
  readonly created: number;
  readonly nonce: string;
  readonly coversDigest: boolean;
  /** the value of the label, byte for byte: it is signed itself as `@signature-params` */
  readonly params: string;
  /** 32 bytes */
  readonly mac: Buffer;
}

const INPUT = /^sig=(\(("@method" "@target-uri")( "content-digest")?\)((?:;[a-z]+=(?:"[\x21\x23-\x5b\x5d-\x7e]{1,128}"|[0-9]{1,12})){4}))$/;
const PARAM = /;([a-z]+)=(?:"([^"]*)"|([0-9]+))/g;
const SIGNATURE = /^sig=:([A-Za-z0-9+/]{43}=):$/;
const DIGEST = /^sha-256=:([A-Za-z0-9+/]{43}=):$/;
const MAC_BYTES = 32;

/** @returns null for whatever is not exactly ours: another label, component, parameter or algorithm */
export function parseSignature(input: string, signature: string): SignatureClaim | null {
  const match = INPUT.exec(input);
  const encoded = SIGNATURE.exec(signature)?.[1];
  if (match === null || encoded === undefined) return null;
  const named = new Map<string, string>();
  const whole = new Map<string, number>();
  for (const [, name, text, digits] of match[4]!.matchAll(PARAM)) {
    if (text !== undefined) named.set(name!, text);
    else whole.set(name!, Number(digits));
  }
  const keyid = named.get('keyid');
  const nonce = named.get('nonce');
  const created = whole.get('created');
  // four parameters and four names: none is there twice
  if (keyid === undefined || nonce === undefined || created === undefined || named.get('alg') !== 'hmac-sha256') return null;
  const mac = Buffer.from(encoded, 'base64');
  return mac.length === MAC_BYTES ? { keyid, created, nonce, coversDigest: match[3] !== undefined, params: match[1]!, mac } : null;
}

export interface SignedParts {
  readonly method: string;
  readonly targetUri: string;
  /** the header's value; asked for only where the claim covers it */
  readonly contentDigest: string;
}

/** In constant time: how far a guess was right is not to be told. */
export function isSignedBy(key: KeyObject, claim: SignatureClaim, { method, targetUri, contentDigest }: SignedParts): boolean {
  const digest = claim.coversDigest ? `"content-digest": ${contentDigest}\n` : '';
  const base = `"@method": ${method}\n"@target-uri": ${targetUri}\n${digest}"@signature-params": ${claim.params}`;
  return timingSafeEqual(createHmac('sha256', key).update(base).digest(), claim.mac);
}

/** @returns the SHA-256 that a Content-Digest header names, null where it names another algorithm or two */
export function parseContentDigest(header: string): Buffer | null {
  const encoded = DIGEST.exec(header)?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64');
}

export const hasDigest = (bytes: Uint8Array, digest: Buffer): boolean => createHash('sha256').update(bytes).digest().equals(digest);
