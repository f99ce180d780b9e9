/** On real calendars: the library's holidays, and the changes of clocks as they were and are decreed. */
import { describe, expect, it } from 'vitest';
import { createHolidayCalendars } from '../../../adapters/calendar-holidays/holidays.js';
import { countDays, countHours, type Suspension } from '../../../domain/calendar/count.js';
import { localCalendar } from '../../../domain/calendar/local-calendar.js';
import { civilDateAt, formatInstant } from '../../../domain/time.js';
import type { EntryPayload } from '../../../domain/wire/directory.js';
import { instant } from '../../support/ids.js';

const calendars = createHolidayCalendars();
const placeIn = (territory: string, timeZone: string, calendar: EntryPayload['calendar'] = undefined) =>
  localCalendar(calendars, { territory, timeZone, seq: 1, ...(calendar === undefined ? {} : { calendar }) });
const tortola = placeIn('VG', 'America/Tortola');
const london = placeIn('GB', 'Europe/London');
const cairo = placeIn('EG', 'Africa/Cairo');

const lastDay = (at: string, amount: number, unit: 'CALENDAR_DAYS' | 'BUSINESS_DAYS', place: typeof london, still: Suspension[] = []) =>
  civilDateAt(countDays(instant(at), amount, unit, still, place).due, place.timeZone);
const span = (from: string, to: string): Suspension => ({ from: instant(from), to: instant(to) });

describe('business days', () => {
  it('leave out the requested authority’s holidays and say each by name', () => {
    // Good Friday and Easter Monday 2026 are 3 and 6 April
    const { due, skipped } = countDays(instant('2026-04-01T10:00:00Z'), 3, 'BUSINESS_DAYS', [], tortola);
    expect(formatInstant(due)).toBe('2026-04-09T03:59:59.999Z');
    expect(skipped).toEqual([
      { day: '2026-04-03', why: 'HOLIDAY', name: 'Good Friday' },
      { day: '2026-04-04', why: 'WEEKEND' },
      { day: '2026-04-05', why: 'WEEKEND' },
      { day: '2026-04-06', why: 'HOLIDAY', name: 'Easter Monday' },
    ]);
  });

  it('do not know the asker’s: what is shut on one side is open on the other', () => {
    // Emancipation Tuesday and Wednesday, 4 and 5 August 2026, are kept in Tortola and worked in London
    expect(lastDay('2026-08-03T12:00:00Z', 1, 'BUSINESS_DAYS', tortola)).toBe('2026-08-06');
    expect(lastDay('2026-08-03T12:00:00Z', 1, 'BUSINESS_DAYS', london)).toBe('2026-08-04');
    // the summer bank holiday of 31 August 2026 is England's, not Tortola's
    expect(lastDay('2026-12-24T12:00:00Z', 1, 'BUSINESS_DAYS', london)).toBe('2026-12-29');
  });

  it('rest on Friday and Saturday where the territory does', () => {
    expect(lastDay('2026-02-05T08:00:00Z', 1, 'BUSINESS_DAYS', cairo)).toBe('2026-02-08');
    expect(lastDay('2026-02-05T08:00:00Z', 5, 'BUSINESS_DAYS', cairo)).toBe('2026-02-12');
  });

  it('rest on Sunday alone, or on Friday alone, where the territory does', () => {
    expect(lastDay('2026-02-06T08:00:00Z', 1, 'BUSINESS_DAYS', placeIn('IN', 'Asia/Kolkata'))).toBe('2026-02-07');
    expect(lastDay('2026-02-05T08:00:00Z', 1, 'BUSINESS_DAYS', placeIn('IR', 'Asia/Tehran'))).toBe('2026-02-07');
  });

  it('leave out days on which the body itself is shut, and rest when it says that it does', () => {
    const shut = placeIn('GB', 'Europe/London', { weekend: ['FRI', 'SAT'], closingDays: ['2026-02-08'] });
    const { due, skipped } = countDays(instant('2026-02-05T08:00:00Z'), 1, 'BUSINESS_DAYS', [], shut);
    expect(civilDateAt(due, 'Europe/London')).toBe('2026-02-09');
    expect(skipped.map(({ why }) => why)).toEqual(['WEEKEND', 'WEEKEND', 'CLOSED']);
  });

  it('counts thirty of them over two feasts', () => {
    const { due, skipped } = countDays(instant('2026-04-20T08:00:00Z'), 30, 'BUSINESS_DAYS', [], cairo);
    expect(civilDateAt(due, 'Africa/Cairo')).toBe('2026-06-03');
    expect(skipped.filter(({ why }) => why === 'HOLIDAY').map(({ day }) => day)).toEqual(['2026-05-27', '2026-05-28']);
  });
});

describe('days', () => {
  it('keep their end when clocks are put forward, and when they are put back', () => {
    // London, 29 March and 25 October 2026: one day of 23 hours, one of 25
    const spring = countDays(instant('2026-03-28T12:00:00Z'), 1, 'CALENDAR_DAYS', [], london);
    expect(formatInstant(spring.due)).toBe('2026-03-29T22:59:59.999Z');
    const autumn = countDays(instant('2026-10-24T12:00:00Z'), 1, 'CALENDAR_DAYS', [], london);
    expect(formatInstant(autumn.due)).toBe('2026-10-25T23:59:59.999Z');
  });

  it('survive clocks put forward over midnight', () => {
    // Beirut skipped 00:00 to 01:00 on 26 March 2023
    const beirut = placeIn('LB', 'Asia/Beirut');
    expect(formatInstant(countDays(instant('2023-03-24T10:00:00Z'), 1, 'CALENDAR_DAYS', [], beirut).due)).toBe('2023-03-25T21:59:59.999Z');
    expect(formatInstant(countDays(instant('2023-03-24T10:00:00Z'), 2, 'CALENDAR_DAYS', [], beirut).due)).toBe('2023-03-26T20:59:59.999Z');
  });
});

describe('a suspension in days', () => {
  it('takes out the days after the question up to and with that of the answer', () => {
    const asked = span('2026-02-10T09:00:00Z', '2026-02-12T16:00:00Z');
    expect(lastDay('2026-02-09T09:00:00Z', 5, 'CALENDAR_DAYS', london)).toBe('2026-02-14');
    expect(lastDay('2026-02-09T09:00:00Z', 5, 'CALENDAR_DAYS', london, [asked])).toBe('2026-02-16');
  });

  it('takes out nothing where it ends on its own day, however many hours it lasted', () => {
    expect(lastDay('2026-02-09T09:00:00Z', 5, 'BUSINESS_DAYS', london, [span('2026-02-10T00:01:00Z', '2026-02-10T23:59:00Z')])).toBe(
      '2026-02-16',
    );
  });

  it('over a holiday and a weekend takes out business days alone, none of them twice', () => {
    // asked on Thursday 2 April 2026, answered on Tuesday after Easter: of six days only that Tuesday was a business day
    const overEaster = span('2026-04-02T14:00:00Z', '2026-04-07T14:00:00Z');
    expect(lastDay('2026-04-01T10:00:00Z', 5, 'BUSINESS_DAYS', tortola)).toBe('2026-04-10');
    expect(lastDay('2026-04-01T10:00:00Z', 5, 'BUSINESS_DAYS', tortola, [overEaster])).toBe('2026-04-13');
  });

  it('that begins and ends within days off takes out nothing', () => {
    const onFeastDays = span('2026-04-03T14:00:00Z', '2026-04-06T20:00:00Z');
    expect(lastDay('2026-04-01T10:00:00Z', 5, 'BUSINESS_DAYS', tortola, [onFeastDays])).toBe('2026-04-10');
  });

  it('that begins on the last day leaves the next one that counts', () => {
    const asked = (to: string) => [span('2026-02-13T09:00:00Z', to)];
    // Friday 13 February 2026 is the fourth day
    expect(lastDay('2026-02-09T09:00:00Z', 4, 'BUSINESS_DAYS', london, asked('2026-02-13T18:00:00Z'))).toBe('2026-02-13');
    expect(lastDay('2026-02-09T09:00:00Z', 4, 'BUSINESS_DAYS', london, asked('2026-02-14T09:00:00Z'))).toBe('2026-02-16');
    expect(lastDay('2026-02-09T09:00:00Z', 4, 'BUSINESS_DAYS', london, asked('2026-02-24T09:00:00Z'))).toBe('2026-02-25');
    expect(lastDay('2026-02-09T09:00:00Z', 4, 'CALENDAR_DAYS', london, asked('2026-02-24T09:00:00Z'))).toBe('2026-02-25');
  });

  it('after the date has passed does not bring it back', () => {
    expect(lastDay('2026-02-09T09:00:00Z', 2, 'CALENDAR_DAYS', london, [span('2026-02-20T09:00:00Z', '2026-02-25T09:00:00Z')])).toBe(
      '2026-02-11',
    );
  });
});

describe('hours', () => {
  const always = placeIn('GB', 'Europe/London', { roundTheClock: true });
  const office = placeIn('GB', 'Europe/London', { officeHours: { opens: '08:30', closes: '16:30' } });
  const hours = (at: string, amount: number, place: typeof london, still: Suspension[] = []) =>
    formatInstant(countHours(instant(at), amount, still, place).due);

  it('run on the wall clock where somebody always answers, over weekends and changes of the clocks', () => {
    expect(hours('2026-02-06T20:00:00Z', 8, always)).toBe('2026-02-07T04:00:00.000Z');
    expect(hours('2026-03-28T20:00:00Z', 8, always)).toBe('2026-03-29T04:00:00.000Z');
    expect(hours('2026-10-24T20:00:00Z', 24, always)).toBe('2026-10-25T20:00:00.000Z');
  });

  it('run in office hours elsewhere, and go on with the next business day', () => {
    expect(hours('2026-02-06T12:00:00Z', 4, office)).toBe('2026-02-06T16:00:00.000Z');
    const { due, skipped } = countHours(instant('2026-02-06T14:30:00Z'), 4, [], office);
    expect(formatInstant(due)).toBe('2026-02-09T10:30:00.000Z');
    expect(skipped).toEqual([
      { day: '2026-02-07', why: 'WEEKEND' },
      { day: '2026-02-08', why: 'WEEKEND' },
    ]);
  });

  it('begin with the opening where the message came at night, and end with the closing', () => {
    expect(hours('2026-02-05T23:00:00Z', 8, office)).toBe('2026-02-06T16:30:00.000Z');
    expect(hours('2026-02-06T02:00:00Z', 1, office)).toBe('2026-02-06T09:30:00.000Z');
  });

  it('are the local ones after clocks were put forward, and after they were put back', () => {
    expect(hours('2026-03-27T15:30:00Z', 4, office)).toBe('2026-03-30T10:30:00.000Z');
    expect(hours('2026-10-23T14:30:00Z', 4, office)).toBe('2026-10-26T11:30:00.000Z');
  });

  it('stand still from the question to the answer, to the millisecond', () => {
    expect(hours('2026-02-06T10:00:00Z', 4, always, [span('2026-02-06T11:00:00Z', '2026-02-06T18:30:00Z')])).toBe(
      '2026-02-06T21:30:00.000Z',
    );
    expect(hours('2026-02-06T10:00:00Z', 4, office, [span('2026-02-06T11:00:00Z', '2026-02-09T09:30:00Z')])).toBe(
      '2026-02-09T12:30:00.000Z',
    );
    expect(hours('2026-02-06T10:00:00Z', 2, office, [span('2026-02-06T05:00:00Z', '2026-02-06T09:00:00Z')])).toBe(
      '2026-02-06T12:00:00.000Z',
    );
    expect(hours('2026-02-06T10:00:00Z', 2, office, [span('2026-02-06T09:00:00Z', '2026-02-06T11:00:00Z')])).toBe(
      '2026-02-06T13:00:00.000Z',
    );
    expect(hours('2026-02-06T10:00:00Z', 2, office, [span('2026-02-06T18:00:00Z', '2026-02-06T19:00:00Z')])).toBe(
      '2026-02-06T12:00:00.000Z',
    );
  });
});

describe('a place that never opens', () => {
  const shut = { ...london, dayOff: () => ({ why: 'CLOSED' as const }) };

  it('ends the counting in a failure, not never', () => {
    const from = instant('2026-02-05T08:00:00Z');
    expect(() => countDays(from, 1, 'BUSINESS_DAYS', [], shut)).toThrow('no end within');
    expect(() => countHours(from, 1, [], shut)).toThrow('no end within');
  });
});
