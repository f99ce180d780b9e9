/** The calendar of one authority: its territory's days, and what its own directory entry declares (A.7; rulings 6). */
import { isTimeZone, weekdayOf } from '../time.js';
import type { EntryPayload } from '../wire/directory.js';
import { SATURDAY_AND_SUNDAY, type Calendars, type Weekday } from './territory.js';

/** Why a date is provisional. */
export type Doubt = 'NO_HOLIDAY_DATA' | 'NO_TIME_ZONE' | 'NO_OFFICE_HOURS';

export interface DayOff {
  readonly why: 'WEEKEND' | 'HOLIDAY' | 'CLOSED';
  /** of a holiday */
  readonly name?: string;
}

/** Minutes after local midnight. */
export interface OfficeHours {
  readonly opens: number;
  readonly closes: number;
}

export interface LocalCalendar {
  /** of the territory's data and of the entry: dates counted under one version are counted alike */
  readonly version: string;
  readonly timeZone: string;
  /** `ALWAYS`: the entry declares a contact around the clock, and hours run on the wall clock */
  readonly office: OfficeHours | 'ALWAYS';
  /** @returns null on a business day */
  dayOff(civilDate: string): DayOff | null;
  /** @returns what is not known and would change a date of this unit; empty: the date is firm */
  doubts(unit: 'CALENDAR_DAYS' | 'BUSINESS_DAYS' | 'HOURS' | 'STATED', dueDay: string): readonly Doubt[];
}

type Declared = Pick<EntryPayload, 'territory' | 'timeZone' | 'calendar' | 'seq'>;

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
/** Counted by, and said to be provisional, where an entry declares none [D]. */
const NINE_TO_FIVE: OfficeHours = { opens: 540, closes: 1_020 };

/** @param clock `hh:mm` */
export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** @param entry null: the authority has said nothing yet, and its days are counted in UTC */
export function localCalendar(calendars: Calendars, entry: Declared | null): LocalCalendar {
  const declared = entry?.calendar;
  const territory = entry === null ? null : calendars.of(entry.territory);
  const timeZone = entry !== null && isTimeZone(entry.timeZone) ? entry.timeZone : null;
  const weekend: readonly Weekday[] =
    declared?.weekend?.map((day) => WEEKDAYS.indexOf(day) as Weekday) ?? territory?.weekend ?? SATURDAY_AND_SUNDAY;
  const closed = new Set(declared?.closingDays);
  const hours = declared?.officeHours;
  const noZone: readonly Doubt[] = timeZone === null ? ['NO_TIME_ZONE'] : [];
  const noHours: readonly Doubt[] = hours === undefined ? ['NO_OFFICE_HOURS'] : [];
  // who says on which days of the week and on which others it rests, says so up to the last of these
  const isDeclared = (day: string): boolean => declared?.weekend !== undefined && [...closed].some((last) => day <= last);
  const isKnown = (day: string): boolean =>
    (territory !== null && (territory.lastDay === null || day <= territory.lastDay)) || isDeclared(day);
  const always = declared?.roundTheClock === true;
  return {
    version: `${calendars.version}; entry ${entry?.seq ?? 0}`,
    timeZone: timeZone ?? 'UTC',
    office: always ? 'ALWAYS' : hours === undefined ? NINE_TO_FIVE : { opens: minutesOf(hours.opens), closes: minutesOf(hours.closes) },
    dayOff(civilDate) {
      if (weekend.some((day) => day === weekdayOf(civilDate))) return { why: 'WEEKEND' };
      const holiday = territory?.holidayOn(civilDate) ?? null;
      if (holiday !== null) return { why: 'HOLIDAY', name: holiday };
      return closed.has(civilDate) ? { why: 'CLOSED' } : null;
    },
    doubts(unit, dueDay) {
      if (unit === 'HOURS' && always) return [];
      if (unit === 'CALENDAR_DAYS' || unit === 'STATED') return noZone;
      const noDays: readonly Doubt[] = isKnown(dueDay) ? noZone : [...noZone, 'NO_HOLIDAY_DATA'];
      return unit === 'HOURS' ? [...noDays, ...noHours] : noDays;
    },
  };
}
