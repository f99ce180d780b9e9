/** Calendars of a test: every territory but `ZZ` rests at the week's end, and on the holidays that the test gives it. */
import type { Calendars } from '../../domain/ports.js';

export const testCalendars = (holidays: Readonly<Record<string, string>> = {}, version = 'test 1'): Calendars => ({
  version,
  of: (territory) => (territory === 'ZZ' ? null : { weekend: [6, 0], lastDay: null, holidayOn: (day) => holidays[day] ?? null }),
});
