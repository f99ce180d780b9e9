/** What is known of a territory's days: its weekend and its public holidays, as reviewed data. */

/** 0 (Sunday) to 6. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;
/** the weekend where nothing else is known */
export const SATURDAY_AND_SUNDAY: readonly Weekday[] = [6, 0];

export interface TerritoryCalendar {
  readonly weekend: readonly Weekday[];
  /** the last day for which anybody knows the holidays; null: no such edge; empty: of no day */
  readonly lastDay: string | null;
  /** @returns the holiday's name on `yyyy-mm-dd`; null: none */
  holidayOn(civilDate: string): string | null;
}

/** Days of whole territories. A port, because the data comes from a library and a reviewed file, and both change. */
export interface Calendars {
  /** names the library, its release and the digest of the reviewed file: two that are equal count alike */
  readonly version: string;
  /** @returns null where nobody has reviewed data: dates are provisional there (rulings 6), up to what the authority declares itself */
  of(territory: string): TerritoryCalendar | null;
}
