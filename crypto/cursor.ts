/**
 * Cursors: the place in the log from which the next page goes on, as decimal digits in base64url. A client that keeps one makes it from a
 * place that the log signed; everybody else may take it for opaque.
 */
import { decodeBase64url, encodeBase64url } from './base64url.js';

const utf8 = new TextEncoder();
const ascii = new TextDecoder();

/** @param next the first place that was not shown */
export const cursorOf = (next: number): string => encodeBase64url(utf8.encode(String(next)));

/** @returns 0 without a cursor; null for one that no page ever gave */
export function positionOf(cursor: string | undefined): number | null {
  if (cursor === undefined) return 0;
  const bytes = decodeBase64url(cursor);
  const text = bytes.ok ? ascii.decode(bytes.value) : '';
  return /^(?:0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}
