/** Cursors are opaque to clients: today the next position as decimal digits in base64url. */
import type { LinkKind, Store, StoredStatement } from '../../domain/ports.js';
import { decodeBase64url, encodeBase64url } from '../../crypto/base64url.js';

const utf8 = new TextEncoder();
const ascii = new TextDecoder();

/** @param next the first position that was not shown */
export const cursorOf = (next: number): string => encodeBase64url(utf8.encode(String(next)));

/** @returns 0 without a cursor; null for one that no page ever gave */
export function positionOf(cursor: string | undefined): number | null {
  if (cursor === undefined) return 0;
  const bytes = decodeBase64url(cursor);
  const text = bytes.ok ? ascii.decode(bytes.value) : '';
  return /^(?:0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

export interface Page {
  /** leaf index: what comes at it or behind it */
  readonly from: number;
  readonly limit: number;
}

/** The store begins at the place itself: a place far behind reads nothing. */
export async function pageOf(
  store: Pick<Store, 'linked'>,
  kind: LinkKind,
  key: string,
  { from, limit }: Page,
): Promise<{ readonly stored: readonly StoredStatement[]; readonly next: string | null }> {
  const found = await store.linked(kind, key, limit + 1, ...(from === 0 ? [] : [from - 1]));
  const stored = found.slice(0, limit);
  return { stored, next: found.length > limit ? cursorOf(found[limit]!.index) : null };
}
