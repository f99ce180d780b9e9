/** What retention and erasure write: a leaf of the gateway's own, in the inbox of whoever is told, and the work that follows. Ids, codes and dates. */
import type { Action } from '../../domain/audit-event.js';
import type { AuthorityId, Digest, ExchangeId } from '../../domain/ids.js';
import type { Chance, CommitRow, NewOutbox, OutboxRow } from '../../domain/ports.js';
import type { Instant } from '../../domain/time.js';
import { leafViews } from '../audit/events.js';
import { bareRow } from './bare-row.js';

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
  const outcome = 'DONE' as const;
  const happening = {
    log,
    at: now,
    outcome,
    correlation: statement ?? action,
    actor: { authority: 'GATEWAY' as const, officer: null, role: null },
    statement,
    policy: null,
    rules: [],
    codes,
  };
  const about = { ...(item === undefined ? {} : { item }), ...(exchange === undefined ? {} : { exchange }) };
  const { data, views } = leafViews(happening, { action, parties: sees, originators: [], ...about, basis }, chance);
  return {
    ...bareRow({ data, views, statement, stage: 'noticed', outcome, at: now, version: 0, mailbox: tells }),
    outbox: next,
    settles: settles === null ? null : { key: settles.key, fence: settles.fence },
    expects,
    bumps,
  };
}
