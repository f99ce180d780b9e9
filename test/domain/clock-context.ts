/** A request of one FIU to another on the British Virgin Islands, when something happens in it. */
import { localCalendar } from '../../domain/calendar/local-calendar.js';
import type { ClockContext } from '../../domain/clocks.js';
import { PROFILES } from '../../domain/profiles/index.js';
import { civilDateAt, type Instant } from '../../domain/time.js';
import { testCalendars } from '../support/calendars.js';
import { instant } from '../support/ids.js';

/** of the requested authority */
export const ZONE = 'America/Tortola';

/** the local day on which a clock is due */
export const dueLocal = ({ due }: { readonly due: Instant }, timeZone: string): string => civilDateAt(due, timeZone);

export const clockContext = (over: Partial<ClockContext> = {}): ClockContext => ({
  now: instant('2026-03-02T10:00:00Z'),
  profile: PROFILES.BVI_BILATERAL_FIU,
  exchangeType: 'FIU_REQUEST',
  askedAs: 'FIU',
  calendar: localCalendar(testCalendars(), { territory: 'VG', timeZone: ZONE, seq: 1 }),
  version: 2,
  urgency: 'ROUTINE',
  statedDay: null,
  statedUntil: null,
  deadline: null,
  delayedFor: null,
  about: [],
  owed: [],
  ...over,
});

/** At two in the afternoon, UTC. */
export const onDay = (day: string, over: Partial<ClockContext> = {}): ClockContext =>
  clockContext({ now: instant(`${day}T14:00:00Z`), ...over });
