/** Public holidays of territories: the data of date-holidays, amended by the reviewed file. Reads nothing from the network. */
import Holidays from 'date-holidays';
import { createRequire } from 'node:module';
import { digestOfBytes } from '../../crypto/digest.js';
import { SATURDAY_AND_SUNDAY, type Calendars, type TerritoryCalendar, type Weekday } from '../../domain/calendar/territory.js';
import { HOUR_MS, plusDays } from '../../domain/time.js';
import { OVERRIDES, REVIEWED_ON, WEEKEND_SOURCE, WEEKENDS, type TerritoryOverride } from './overrides.js';

/** On these offices are shut; `optional`, `school` and `observance` days are worked. */
const SHUT = new Set(['public', 'bank']);
const DAY_HOURS = 24;

const library = createRequire(import.meta.url)('date-holidays/package.json') as { readonly version: string };

export interface ReviewedData {
  readonly weekends: Readonly<Record<string, readonly Weekday[]>>;
  readonly weekendSource: string;
  readonly overrides: Readonly<Record<string, TerritoryOverride>>;
  readonly reviewedOn: string;
}

const REVIEWED: ReviewedData = { weekends: WEEKENDS, weekendSource: WEEKEND_SOURCE, overrides: OVERRIDES, reviewedOn: REVIEWED_ON };

/** @param reviewed the repository's file; another in tests */
export function createHolidayCalendars(reviewed: ReviewedData = REVIEWED): Calendars {
  const known = new Set(Object.keys(new Holidays().getCountries('en')));
  const digest = digestOfBytes(new TextEncoder().encode(JSON.stringify(reviewed))).slice(0, 12);
  const calendars = new Map<string, TerritoryCalendar | null>();
  const make = (territory: string): TerritoryCalendar | null => {
    const override = reviewed.overrides[territory];
    const weekend = reviewed.weekends[territory];
    if (!known.has(territory) && !override?.complete) return weekend === undefined ? null : { weekend, lastDay: '', holidayOn: () => null };
    return {
      weekend: weekend ?? SATURDAY_AND_SUNDAY,
      // what is not the library's is known for the years that were reviewed
      lastDay: known.has(territory) || !override?.complete ? null : `${override.complete.to}-12-31`,
      holidayOn: amended(known.has(territory) ? libraryDays(territory) : () => null, override),
    };
  };
  return {
    version: `date-holidays ${library.version}, reviewed ${reviewed.reviewedOn} ${digest}`,
    of(territory) {
      const calendar = calendars.has(territory) ? calendars.get(territory)! : make(territory);
      calendars.set(territory, calendar);
      return calendar;
    },
  };
}

type HolidayOn = TerritoryCalendar['holidayOn'];

function amended(holidayOn: HolidayOn, override: TerritoryOverride | undefined): HolidayOn {
  if (override === undefined) return holidayOn;
  const { added, worked, complete } = override;
  return (day) => {
    const year = Number(day.slice(0, 4));
    const alone = complete !== null && complete.from <= year && year <= complete.to;
    return added[day] ?? (alone || worked.includes(day) ? null : holidayOn(day));
  };
}

/** One year is computed when it is first asked for, and kept: it takes some milliseconds. */
function libraryDays(territory: string): HolidayOn {
  const holidays = new Holidays(territory);
  const years = new Map<number, ReadonlyMap<string, string>>();
  const daysOf = (year: number): ReadonlyMap<string, string> => {
    const days = years.get(year) ?? new Map(holidays.getHolidays(year, 'en').flatMap(wholeDays));
    years.set(year, days);
    return days;
  };
  return (day) => {
    const year = Number(day.slice(0, 4));
    // a feast may last into January
    return daysOf(year).get(day) ?? daysOf(year - 1).get(day) ?? null;
  };
}

/** A feast that begins at sunset is named by the day after; one that begins at noon leaves the day to work. */
function wholeDays({ date, start, end, name, type }: ReturnType<Holidays['getHolidays']>[number]): [string, string][] {
  if (!SHUT.has(type) || date.slice(11, 19) !== '00:00:00') return [];
  const days = Math.floor((end.getTime() - start.getTime()) / (DAY_HOURS * HOUR_MS));
  return Array.from({ length: days }, (_, n) => [plusDays(date.slice(0, 10), n), name]);
}
