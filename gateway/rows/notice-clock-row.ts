/** What the alarm of a notice writes: its outbox row settled, a leaf in the inbox of whoever is told, and the alarms that follow. */
import { WAYS } from '../../domain/lawful-way.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Chance, CommitRow, NewOutbox, OutboxRow } from '../../domain/ports.js';
import { formatInstant, type Instant } from '../../domain/time.js';
import type { Notice } from '../cases/notice-clock.js';
import { eventRow, ownDeed } from './bare-row.js';

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
  const { digest } = notice;
  const happening = ownDeed({ log, at: now, outcome: 'DONE', correlation: digest, statement: digest, codes: [WAYS[way].clock.code] });
  const action = tells === holder ? ('CLOCK_DUE' as const) : ('CLOCK_ESCALATE' as const);
  const parties = [...new Set([holder, tells])];
  const sight = { action, parties, originators: [], item, basis: `DUE ${formatInstant(due)}` };
  return {
    ...eventRow(happening, sight, { stage: 'noticed', mailbox: tells }, chance),
    outbox: next,
    settles,
    expects,
  };
}
