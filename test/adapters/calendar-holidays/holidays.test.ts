import { describe, expect, it } from 'vitest';
import { createHolidayCalendars, type ReviewedData } from '../../../adapters/calendar-holidays/holidays.js';
import { REVIEWED_ON } from '../../../adapters/calendar-holidays/overrides.js';

const calendars = createHolidayCalendars();
const reviewed = (overrides: ReviewedData['overrides']): ReviewedData => ({
  weekends: {},
  weekendSource: 'none',
  overrides,
  reviewedOn: '2026-01-01',
});
const override = { worked: [], added: {}, complete: null, source: 'a gazette', reviewedOn: '2026-01-01' };

describe('holidays of the library', () => {
  it('are known by day and name', () => {
    expect(calendars.of('VG')?.holidayOn('2026-08-04')).toBe('Emancipation Tuesday');
    expect(calendars.of('VG')?.holidayOn('2026-08-06')).toBeNull();
  });

  it('take in substitute days, and each day of a feast of several', () => {
    expect(calendars.of('GB')?.holidayOn('2026-12-28')).toContain('Boxing Day');
    const eid = ['2026-05-26', '2026-05-27', '2026-05-30', '2026-05-31'].map((day) => calendars.of('EG')?.holidayOn(day) ?? null);
    expect(eid).toEqual([null, 'Feast of the Sacrifice (Eid al-Adha)', 'Feast of the Sacrifice (Eid al-Adha)', null]);
  });

  it('leave out what is observed and worked', () => {
    expect(calendars.of('GB')?.holidayOn('2026-03-15')).toBeNull();
  });

  it('are none where the library knows no territory: there is no calendar then', () => {
    expect(calendars.of('NP')).toBeNull();
    expect(calendars.of('XQ')).toBeNull();
    expect(calendars.of('XQ')).toBeNull();
  });
});

describe('weekends', () => {
  it.each([
    ['GB', [6, 0]],
    ['EG', [5, 6]],
    ['IN', [0]],
    ['IR', [5]],
  ])('of %s are its own', (territory, weekend) => {
    expect(calendars.of(territory)?.weekend).toEqual(weekend);
  });

  it('are known of places whose holidays nobody knows', () => {
    expect(calendars.of('QA')).toMatchObject({ weekend: [5, 6], lastDay: '' });
    expect(calendars.of('QA')?.holidayOn('2026-12-18')).toBeNull();
  });
});

describe('the version', () => {
  it('names the library, the day of review and what was reviewed', () => {
    expect(calendars.version).toMatch(new RegExp(`^date-holidays \\d+\\.\\d+\\.\\d+, reviewed ${REVIEWED_ON} [\\w-]{12}$`));
  });

  it('is another when a reviewed row is', () => {
    const one = createHolidayCalendars(reviewed({}));
    const other = createHolidayCalendars(reviewed({ VG: { ...override, worked: ['2026-08-04'] } }));
    expect(one.version).not.toBe(other.version);
    expect(createHolidayCalendars(reviewed({})).version).toBe(one.version);
  });
});

describe('a reviewed override', () => {
  it('adds a day, and takes one away', () => {
    const vg = createHolidayCalendars(reviewed({ VG: { ...override, added: { '2026-09-01': 'Election' }, worked: ['2026-08-04'] } })).of(
      'VG',
    );
    expect([vg?.holidayOn('2026-09-01'), vg?.holidayOn('2026-08-04'), vg?.holidayOn('2026-08-03')]).toEqual([
      'Election',
      null,
      'Emancipation Monday',
    ]);
    expect(vg?.lastDay).toBeNull();
  });

  it('is the whole calendar of its years, and of a territory that the library lacks up to their end', () => {
    const complete = { ...override, added: { '2026-12-18': 'National Day' }, complete: { from: 2026, to: 2027 } };
    const made = createHolidayCalendars(reviewed({ QA: complete, VG: complete }));
    expect([made.of('QA')?.holidayOn('2026-12-18'), made.of('QA')?.holidayOn('2026-12-19')]).toEqual(['National Day', null]);
    expect(made.of('QA')?.lastDay).toBe('2027-12-31');
    expect([made.of('VG')?.holidayOn('2026-12-25'), made.of('VG')?.holidayOn('2028-12-25')]).toEqual([null, 'Christmas Day']);
    expect(made.of('VG')?.lastDay).toBeNull();
  });

  it('that is not complete makes no calendar of a territory that the library lacks', () => {
    expect(createHolidayCalendars(reviewed({ QA: override })).of('QA')).toBeNull();
  });
});
