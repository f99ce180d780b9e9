/** Padded base64 (RFC 4648 §4), strict, for the C2SP formats; everything of our own is base64url. */
import { no, type Result } from '../domain/result.js';
import { decodeBase64url, encodeBase64url } from './base64url.js';

export function encodeBase64(bytes: Uint8Array): string {
  const text = encodeBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** Reads only what `encodeBase64` writes. */
export function decodeBase64(text: string): Result<Uint8Array, string> {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return no('not base64');
  return decodeBase64url(text.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_'));
}
