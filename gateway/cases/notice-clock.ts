/** The clock of a notice after the fact: by when it and the second person's approval are owed, and whether they came in time. */
import type { Directory } from '../../domain/authority.js';
import { localCalendar } from '../../domain/calendar/local-calendar.js';
import type { AuthorityId, Digest } from '../../domain/ids.js';
import { noticeDue } from '../../domain/lawful-way.js';
import type { Calendars, NewOutbox } from '../../domain/ports.js';
import type { StatementOf } from '../../domain/statement.js';
import type { Instant } from '../../domain/time.js';
import type { Library, Volume } from '../read/library.js';

export type Notice = StatementOf<'parley-notice+json'>;

/** On the holder's calendar of today; null: nothing was disclosed before the notice. */
export function clockOf({ way, holder, disclosedAt }: Notice['payload'], calendars: Calendars, directory: Directory) {
  if (disclosedAt === undefined) return null;
  return noticeDue(way, disclosedAt, localCalendar(calendars, directory.authorities.get(holder)?.entry ?? null));
}

/** The holder is told first, `to` null; then each originator, in a row of its own. */
export const noticeAlarm = (notice: Digest, to: AuthorityId | null, due: Instant): NewOutbox => ({
  key: to === null ? `notice ${notice} DUE` : `notice ${notice} ESCALATE ${to}`,
  kind: 'clock',
  statement: notice,
  exchange: null,
  addressee: to,
  due,
});

/** Had it come, and had a second person approved it, when the date passed? */
export async function isKept({ stored }: Volume, due: Instant, library: Library): Promise<boolean> {
  const approvals = await library.linkedOf('word', stored.digest, 'parley-approval+json');
  return stored.at <= due && approvals.some(({ volume }) => volume.stored.at <= due);
}
