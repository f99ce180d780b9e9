/** What the alarm of a notice writes: its outbox row settled, a leaf in the inbox of whoever is told, and the alarms that follow. */
import { WAYS } from '../../domain/lawful-way.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Chance, CommitRow, NewOutbox, OutboxRow } from '../../domain/ports.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import { leafViews } from '../audit/events.js';
import type { Notice } from '../cases/notice-clock.js';
import { bareRow } from './bare-row.js';

export interface NoticeNews {
  readonly notice: Notice;
  readonly due: Instant;
  /** the holder, or an originator */
  readonly tells: AuthorityId;
  readonly settles: OutboxRow;
  readonly next: readonly NewOutbox[];
  readonly expects: CommitRow['expects'];
  readonly log: string;
}

/** Content-free: ids, a code, and a date. */
export function noticeClockRow({ notice, due, tells, settles, next, expects, log }: NoticeNews, now: Instant, chance: Chance): CommitRow {
  const { holder, item, way } = notice.payload;
  const happening = {
    log,
    at: now,
    outcome: 'DONE' as const,
    correlation: notice.digest,
    actor: { authority: 'GATEWAY' as const, officer: null, role: null },
    statement: notice.digest,
    policy: null,
    rules: [],
    codes: [WAYS[way].clock.code],
  };
  const action = tells === holder ? ('CLOCK_DUE' as const) : ('CLOCK_ESCALATE' as const);
  const parties = [...new Set([holder, tells])];
  const { data, views } = leafViews(happening, { action, parties, originators: [], item, basis: `DUE ${formatInstant(due)}` }, chance);
  return {
    ...bareRow({ data, views, statement: notice.digest, stage: 'noticed', outcome: 'DONE', at: now, version: 0, mailbox: tells }),
    outbox: next,
    settles: { key: settles.key, fence: settles.fence },
    expects,
  };
}
