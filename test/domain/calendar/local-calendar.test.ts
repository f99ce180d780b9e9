import { describe, expect, it } from 'vitest';
import { localCalendar } from '../../../domain/calendar/local-calendar.js';
import type { Calendars } from '../../../domain/ports.js';
import { testCalendars } from '../../support/calendars.js';

const DAY = '2026-03-04';
const entry = { territory: 'VG', timeZone: 'America/Tortola', seq: 3 };

describe('the calendar of an authority', () => {
  it('is firm where its territory is known, hours aside until it declares them', () => {
    const calendar = localCalendar(testCalendars(), entry);
    expect(calendar.version).toBe('test 1; entry 3');
    expect(calendar.doubts('CALENDAR_DAYS', DAY)).toEqual([]);
    expect(calendar.doubts('BUSINESS_DAYS', DAY)).toEqual([]);
    expect(calendar.doubts('HOURS', DAY)).toEqual(['NO_OFFICE_HOURS']);
    expect(calendar.office).toEqual({ opens: 540, closes: 1_020 });
  });

  it('knows its hours once they are declared, and needs no days where somebody always answers', () => {
    const office = localCalendar(testCalendars(), { ...entry, calendar: { officeHours: { opens: '07:30', closes: '15:00' } } });
    expect([office.office, office.doubts('HOURS', DAY)]).toEqual([{ opens: 450, closes: 900 }, []]);
    const always = localCalendar(testCalendars(), { ...entry, territory: 'ZZ', calendar: { roundTheClock: true } });
    expect([always.office, always.doubts('HOURS', DAY)]).toEqual(['ALWAYS', []]);
  });

  it('doubts what nobody knows, each by name', () => {
    const calendar = localCalendar(testCalendars(), { ...entry, territory: 'ZZ', timeZone: 'Atlantis/Capital' });
    expect(calendar.doubts('STATED', DAY)).toEqual(['NO_TIME_ZONE']);
    expect(calendar.doubts('BUSINESS_DAYS', DAY)).toEqual(['NO_TIME_ZONE', 'NO_HOLIDAY_DATA']);
    expect(calendar.doubts('HOURS', DAY)).toEqual(['NO_TIME_ZONE', 'NO_HOLIDAY_DATA', 'NO_OFFICE_HOURS']);
    expect(calendar.dayOff('2026-03-07')).toEqual({ why: 'WEEKEND' });
    expect(calendar.dayOff(DAY)).toBeNull();
  });

  it('doubts days behind the end of what was reviewed', () => {
    const untilMarch: Calendars = { version: 't', of: () => ({ weekend: [0], lastDay: '2026-03-31', holidayOn: () => null }) };
    const calendar = localCalendar(untilMarch, entry);
    expect(calendar.doubts('BUSINESS_DAYS', '2026-03-31')).toEqual([]);
    expect(calendar.doubts('BUSINESS_DAYS', '2026-04-01')).toEqual(['NO_HOLIDAY_DATA']);
  });

  it('of a place that nobody knows is firm as far as the authority itself says when it rests', () => {
    const unknown = { ...entry, territory: 'ZZ' };
    const [weekend, closingDays] = [['FRI', 'SAT'] as ('FRI' | 'SAT')[], ['2026-03-20', '2026-01-01']];
    const declared = localCalendar(testCalendars(), { ...unknown, calendar: { weekend, closingDays } });
    expect(['2026-03-20', '2026-03-21'].map((day) => declared.doubts('BUSINESS_DAYS', day))).toEqual([[], ['NO_HOLIDAY_DATA']]);
    expect(declared.doubts('HOURS', DAY)).toEqual(['NO_OFFICE_HOURS']);
    expect(['2026-03-06', '2026-03-08', '2026-03-20'].map((day) => declared.dayOff(day)?.why)).toEqual(['WEEKEND', undefined, 'WEEKEND']);
    for (const half of [{ weekend }, { closingDays }, { weekend, closingDays: [] }])
      expect(localCalendar(testCalendars(), { ...unknown, calendar: half }).doubts('BUSINESS_DAYS', DAY)).toEqual(['NO_HOLIDAY_DATA']);
  });

  it('is UTC and in doubt where the authority has said nothing', () => {
    const calendar = localCalendar(testCalendars(), null);
    expect([calendar.timeZone, calendar.version]).toEqual(['UTC', 'test 1; entry 0']);
    expect(calendar.doubts('BUSINESS_DAYS', DAY)).toEqual(['NO_TIME_ZONE', 'NO_HOLIDAY_DATA']);
  });
});
