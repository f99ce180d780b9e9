/** Pages of what is linked, and the cursors that lead from one to the next. */
import type { LinkKind, StatementTitle, Store } from '../../domain/ports.js';
import { cursorOf, positionOf } from '../../crypto/cursor.js';

export { cursorOf, positionOf };

export interface Page {
  /** leaf index: what comes at it or behind it */
  readonly from: number;
  readonly limit: number;
}

/** The store begins at the place itself: a place far behind reads nothing. */
export async function pageOf(
  store: Pick<Store, 'titles'>,
  kind: LinkKind,
  key: string,
  { from, limit }: Page,
): Promise<{ readonly stored: readonly StatementTitle[]; readonly next: string | null }> {
  const found = await store.titles(kind, key, limit + 1, ...(from === 0 ? [] : [from - 1]));
  const stored = found.slice(0, limit);
  return { stored, next: found.length > limit ? cursorOf(found[limit]!.index) : null };
}
