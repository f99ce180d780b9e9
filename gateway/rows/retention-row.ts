/** What retention and erasure write: a leaf of the gateway's own, in the inbox of whoever is told, and the work that follows. Ids, codes and dates. */
import type { Action } from '../../domain/audit-event.js';
import type { AuthorityId, Digest, ExchangeId } from '../../domain/ids.js';
import type { Chance, CommitRow, NewOutbox, OutboxRow } from '../../domain/ports.js';
import { present } from '../../domain/present.js';
import type { Instant } from '../../domain/time.js';
import { eventRow, ownDeed } from './bare-row.js';

export interface RetentionNews {
  readonly action: Extract<Action, 'RETENTION_REVIEW' | 'RETENTION_DUE' | 'ERASE' | 'PRUNE'>;
  /** who sees it */
  readonly sees: readonly AuthorityId[];
  /** in whose inbox it stands; null: in none */
  readonly tells: AuthorityId | null;
  /** what it follows from; null: it is about no statement */
  readonly statement: Digest | null;
  readonly item?: Digest;
  readonly exchange?: ExchangeId;
  readonly codes: readonly string[];
  readonly basis: string;
  /** null: no work of the outbox brought this about */
  readonly settles: Pick<OutboxRow, 'key' | 'fence'> | null;
  readonly next: readonly NewOutbox[];
  readonly expects?: CommitRow['expects'];
  readonly bumps?: CommitRow['bumps'];
  readonly log: string;
}

export function retentionRow(news: RetentionNews, now: Instant, chance: Chance): CommitRow {
  const { action, sees, tells, statement, item, exchange, codes, basis, settles, next, expects = [], bumps = [], log } = news;
  const happening = ownDeed({ log, at: now, outcome: 'DONE', correlation: statement ?? action, statement, codes });
  const about = present({ item, exchange });
  const sight = { action, parties: sees, originators: [], ...about, basis };
  return {
    ...eventRow(happening, sight, { stage: 'noticed', mailbox: tells }, chance),
    outbox: next,
    settles,
    expects,
    bumps,
  };
}
