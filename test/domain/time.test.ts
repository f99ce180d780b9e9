import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilDateAt,
  DAY_MS,
  formatInstant,
  HOUR_MS,
  instantFromMs,
  isTimeZone,
  MINUTE_MS,
  parseInstant,
  plusDays,
  plusMs,
  SECOND_MS,
  startOfCivilDate,
  weekdayOf,
  isCivilDate,
} from '../../domain/time.js';
import { instant } from '../support/ids.js';

describe('an instant', () => {
  it('is read from RFC 3339 in UTC, with three decimals or none', () => {
    expect(parseInstant('2026-11-25T19:43:00Z')).toEqual({ ok: true, value: 1795635780000 });
    expect(parseInstant('2026-11-25T19:43:00.001Z')).toEqual({ ok: true, value: 1795635780001 });
  });

  it.each([
    '2026-11-25',
    '2026-11-25T19:43:00+00:00',
    '2026-11-25T19:43:60Z',
    '2026-11-25T24:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-25T19:43:00.1Z',
    '2026-11-25 19:43:00Z',
    ' 2026-11-25T19:43:00Z',
  ])('is not read from %s', (text) => {
    expect(parseInstant(text)).toEqual({ ok: false, error: 'not an RFC 3339 time with Z' });
  });

  it('is no day that the calendar does not have', () => {
    expect(parseInstant('2026-02-31T00:00:00Z')).toEqual({ ok: false, error: 'not a day of the calendar' });
    expect(parseInstant('2028-02-29T00:00:00Z').ok).toBe(true);
  });

  it('lies in years in which a date is written and counted in one way', () => {
    const edges = ['1970-01-01T00:00:00Z', '2999-12-31T23:59:59.999Z'];
    expect(edges.map((text) => parseInstant(text).ok)).toEqual([true, true]);
    for (const text of ['0000-01-01T00:00:00Z', '1969-12-31T23:59:59Z', '3000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])
      expect(parseInstant(text)).toEqual({ ok: false, error: 'not in the years 1970 to 2999' });
  });

  it('is written so that it reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
        expect(parseInstant(formatInstant(instantFromMs(ms)))).toEqual({ ok: true, value: ms });
      }),
    );
  });

  it('is whole milliseconds', () => {
    expect(() => instantFromMs(0.5)).toThrow('whole milliseconds');
    expect(plusMs(instantFromMs(1), DAY_MS)).toBe(DAY_MS + 1);
    expect([SECOND_MS, MINUTE_MS, HOUR_MS]).toEqual([1_000, 60_000, 3_600_000]);
  });
});

describe('civil dates', () => {
  it('know their weekday and their neighbours', () => {
    expect(weekdayOf('2026-03-01')).toBe(0);
    expect(weekdayOf('2026-03-07')).toBe(6);
    expect(plusDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(plusDays('2028-03-01', -1)).toBe('2028-02-29');
  });

  it('are those of the place', () => {
    const at = instant('2026-03-02T02:00:00Z');
    expect(civilDateAt(at, 'America/Tortola')).toBe('2026-03-01');
    expect(civilDateAt(at, 'Pacific/Kiritimati')).toBe('2026-03-02');
    expect(civilDateAt(at, 'Atlantis/Capital')).toBe('2026-03-02');
    expect([isTimeZone('Africa/Lagos'), isTimeZone('Atlantis/Capital')]).toEqual([true, false]);
  });

  it.each([
    'America/Tortola',
    'Africa/Lagos',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'Asia/Kathmandu',
    'Europe/Tallinn',
    'Asia/Beirut',
    'America/Havana',
  ])('begin in %s where the day before ends', (zone) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), (days) => {
        const date = plusDays('2015-01-01', days);
        const start = startOfCivilDate(date, zone);
        expect(civilDateAt(start, zone)).toBe(date);
        expect(civilDateAt(instantFromMs(start - 1), zone)).toBe(plusDays(date, -1));
      }),
      { numRuns: 25 },
    );
  });

  it('begins where it began before, however many others were asked for in between', () => {
    const asked = Array.from({ length: 1_001 }, (_, n) => plusDays('2026-01-01', n));
    const starts = asked.map((date) => startOfCivilDate(date, 'Africa/Lagos'));
    expect(asked.map((date) => startOfCivilDate(date, 'Africa/Lagos'))).toEqual(starts);
    expect(starts.map((start) => civilDateAt(start, 'Africa/Lagos'))).toEqual(asked);
  });
});

describe('a civil date', () => {
  it('is a day of the calendar, in years that anybody means', () => {
    expect(['2026-02-28', '2028-02-29', '1900-01-01', '2199-12-31'].map(isCivilDate)).toEqual(Array(4).fill(true));
    const none = ['2026-02-29', '2026-04-31', '2026-13-01', '1899-12-31', '2200-01-01', '9999-12-31', '2026-1-1', ''];
    expect(none.map(isCivilDate)).toEqual(none.map(() => false));
  });
});
