/** The group commit, as those who join it see it. `steps/commit.ts` makes it. */
import type { Failure } from '../domain/failure.js';
import type { CommitRow, Conflict, StoredLeaf } from '../domain/ports.js';
import type { Receipt } from '../domain/receipt.js';
import type { Instant } from '../domain/time.js';

export type Committed =
  | { readonly kind: 'committed' | 'duplicate'; readonly leaf: StoredLeaf; readonly receipt: Receipt }
  | { readonly kind: 'replay' }
  | { readonly kind: 'conflict'; readonly on: Conflict };

export interface Committer {
  /**
   * @returns what became of this row; `committed` is durable, whole or not at all
   * @throws Failure `OVERLOADED` past `queueMax`, `LOG_BEHIND`, `CLOCK_AHEAD`, `CLOCK_BEHIND`, `STORE_UNAVAILABLE`: then it may or may not be durable, and the same bytes find out
   */
  commit(row: CommitRow): Promise<Committed>;
  readonly waiting: number;
  /** why the newest commit could not be written, a store or a clock, and when; null: it could */
  readonly failed: { readonly code: Failure['code']; readonly at: Instant } | null;
  /** resolves when nothing waits */
  drained(): Promise<void>;
}
