/**
 * Reviewed by hand, before the library: weekends, which it does not know, and what it has wrong or not at all. A territory is not guessed:
 * where neither knows the holidays there is no calendar, and dates are provisional. A change here changes the calendar's version.
 */
import type { Weekday } from '../../domain/calendar/territory.js';

export const REVIEWED_ON = '2026-11-25';
export const WEEKEND_SOURCE = 'Unicode CLDR 48, supplemental weekData';

/** Every other territory rests on Saturday and Sunday. */
export const WEEKENDS: Readonly<Record<string, readonly Weekday[]>> = {
  AF: [4, 5],
  BH: [5, 6],
  DZ: [5, 6],
  EG: [5, 6],
  IL: [5, 6],
  IN: [0],
  IQ: [5, 6],
  IR: [5],
  JO: [5, 6],
  KW: [5, 6],
  LY: [5, 6],
  OM: [5, 6],
  QA: [5, 6],
  SA: [5, 6],
  SD: [5, 6],
  SY: [5, 6],
  UG: [0],
  YE: [5, 6],
};

export interface TerritoryOverride {
  /** `yyyy-mm-dd` → name; also where the library does not know the territory, if `complete` */
  readonly added: Readonly<Record<string, string>>;
  /** days that the library calls holidays and that are worked */
  readonly worked: readonly string[];
  /** first and last year for which `added` alone is the whole calendar; null: it amends the library's */
  readonly complete: { readonly from: number; readonly to: number } | null;
  readonly source: string;
  readonly reviewedOn: string;
}

/** None has been reviewed yet: a row is added with its official gazette, never from memory. */
export const OVERRIDES: Readonly<Record<string, TerritoryOverride>> = {};
