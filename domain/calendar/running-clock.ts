/** A clock of an exchange: what it waits for, since when, and until when. Its date can be counted again from what it holds. */
import type { Step } from '../machine.js';
import type { ClockKind, ClockUnit, ProfileClock } from '../profiles/profile.js';
import type { Urgency } from '../vocabulary.js';
import { civilDateAt, plusDays, startOfCivilDate, type Instant } from '../time.js';
import { countDays, countHours, endOfDay, type Counted, type Suspension } from './count.js';
import type { LocalCalendar } from './local-calendar.js';

/** A legal or internal due date. `metAt` null: still running; `suspendedAt` not null: standing still. Overdue is derived. */
export interface RunningClock {
  readonly code: string;
  readonly kind: ClockKind;
  /** whose silence it measures */
  readonly owes: 'R' | 'Q';
  readonly amount: number;
  readonly unit: ClockUnit;
  /** the day that a message named, of a clock of unit STATED */
  readonly statedDay: string | null;
  /** the moment that a message named, likewise; null: it named a day, or the unit is another */
  readonly statedUntil: Instant | null;
  readonly source: string;
  readonly binding: ProfileClock['binding'];
  readonly metBy: readonly Step[] | null;
  /** for which urgencies alone it runs; null: whatever the urgency */
  readonly urgencies: readonly Urgency[] | null;
  readonly lapses: boolean;
  readonly extension: ProfileClock['extension'] | null;
  readonly startedAt: Instant;
  readonly startedBy: Step;
  readonly due: Instant;
  /** when who owes is reminded; null: the time is too short for that */
  readonly remindAt: Instant | null;
  /** counted without something that would change it: nothing lapses by it (rulings 6) */
  readonly provisional: boolean;
  /** version of the calendar that it was counted on */
  readonly calendar: string;
  readonly metAt: Instant | null;
  /** parts for which it waits, of a day that was named for some; absent: for the whole */
  readonly parts?: readonly string[];
  /** at `metAt` nothing was owed any more, since who asked withdrew; absent: what it waited for came */
  readonly endedBy?: 'NO_LONGER_REQUIRED';
  /** of a notice: what it told of is done, and whatever is done next wants one of its own; absent: not yet */
  readonly isSpent?: true;
  readonly suspendedAt: Instant | null;
  /** it stands still because one of the two may say nothing here; absent: it runs, or a question is open */
  readonly isSilenced?: true;
  /** ended ones, in order */
  readonly suspensions: readonly Suspension[];
  /** the exchange's version when its date was last set: an alarm set before that is out of date */
  readonly armed: number;
}

/** The last two days before a date: who owes is told when they begin. */
const REMINDED_DAYS = 2;

type Basis = Pick<RunningClock, 'amount' | 'unit' | 'statedDay' | 'statedUntil' | 'startedAt' | 'suspensions'>;

/** Its date and the days left out, on this calendar, from the beginning. */
export function countClock({ amount, unit, statedDay, statedUntil, startedAt, suspensions }: Basis, calendar: LocalCalendar): Counted {
  if (statedUntil !== null) return { due: statedUntil, skipped: [] };
  if (statedDay !== null) return { due: endOfDay(statedDay, calendar.timeZone), skipped: [] };
  return unit === 'CALENDAR_DAYS' || unit === 'BUSINESS_DAYS'
    ? countDays(startedAt, amount, unit, suspensions, calendar)
    : countHours(startedAt, amount, suspensions, calendar);
}

function reminderOf(clock: Basis, calendar: LocalCalendar): Instant | null {
  if (clock.unit === 'HOURS') return null;
  const lastDay = clock.statedUntil === null ? clock.statedDay : civilDateAt(clock.statedUntil, calendar.timeZone);
  if (lastDay !== null) {
    const at = startOfCivilDate(plusDays(lastDay, -1), calendar.timeZone);
    return at > clock.startedAt ? at : null;
  }
  if (clock.amount <= REMINDED_DAYS) return null;
  const counted = countClock({ ...clock, amount: clock.amount - REMINDED_DAYS }, calendar).due;
  return startOfCivilDate(plusDays(civilDateAt(counted, calendar.timeZone), 1), calendar.timeZone);
}

/** The same clock with its date as this calendar gives it. */
export function counted<T extends Basis>(
  clock: T,
  calendar: LocalCalendar,
): T & Pick<RunningClock, 'due' | 'remindAt' | 'provisional' | 'calendar'> {
  const { due } = countClock(clock, calendar);
  return {
    ...clock,
    due,
    remindAt: reminderOf(clock, calendar),
    provisional: calendar.doubts(clock.unit, civilDateAt(due, calendar.timeZone)).length > 0,
    calendar: calendar.version,
  };
}

/** Neither met nor standing still. */
export const isRunning = (clock: Pick<RunningClock, 'metAt' | 'suspendedAt'>): boolean =>
  clock.metAt === null && clock.suspendedAt === null;

/** Has its time passed without doubt? Only then may anything follow from silence: a provisional date ends nothing. */
export const hasRunOut = (clock: Pick<RunningClock, 'metAt' | 'suspendedAt' | 'due' | 'provisional'>, now: Instant): boolean =>
  isRunning(clock) && !clock.provisional && now > clock.due;
