/** The group commit, as those who join it see it. `steps/commit.ts` makes it. */
import type { CommitRow, StoredLeaf } from '../domain/ports.js';
import type { Receipt } from '../domain/receipt.js';
import type { Instant } from '../domain/time.js';

export type Committed =
  | { readonly kind: 'committed' | 'duplicate'; readonly leaf: StoredLeaf; readonly receipt: Receipt }
  | { readonly kind: 'replay' }
  | { readonly kind: 'conflict'; readonly on: string };

export interface Committer {
  /**
   * @returns what became of this row; `committed` is durable, whole or not at all
   * @throws Failure `OVERLOADED` past `queueMax`, `LOG_BEHIND`, `CLOCK_BEHIND`, `STORE_UNAVAILABLE`: then it may or may not be durable, and the same bytes find out
   */
  commit(row: CommitRow): Promise<Committed>;
  readonly waiting: number;
  /** when the newest commit could not be written, for want of a store or of a clock; null: it could */
  readonly failedAt: Instant | null;
  /** resolves when nothing waits */
  drained(): Promise<void>;
}
