/** Unpadded base64url (RFC 4648 §5), strict: every byte string has one spelling, and only that one is read. */
import { native } from '#native';
import { no, ok, type Result } from '../domain/result.js';

/** @returns `bytes` as unpadded base64url */
export const encodeBase64url = (bytes: Uint8Array): string => native.encodeBase64url(bytes);

/**
 * Refuses padding, white space, the other alphabet, a length that no byte string has, and spare bits that are not zero:
 * exactly the texts that are not their own re-encoding.
 */
export function decodeBase64url(text: string): Result<Uint8Array, string> {
  const bytes = native.decodeBase64url(text);
  if (bytes !== null) return ok(bytes);
  return no(
    text.length % 4 === 1 ? 'not base64url: impossible length' : 'not base64url: foreign character or spare bits that are not zero',
  );
}
