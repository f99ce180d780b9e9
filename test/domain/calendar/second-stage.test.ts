import { describe, expect, it } from 'vitest';
import { localCalendar } from '../../../domain/calendar/local-calendar.js';
import { counted } from '../../../domain/calendar/running-clock.js';
import {
  EMERGENCY_NOTICE_24H,
  EXCULPATORY_INFORM_24H,
  PRE_REFUSAL_10BD,
  SILENCE_30CD,
  STANDING_CLOCKS,
} from '../../../domain/calendar/second-stage.js';
import { formatInstant } from '../../../domain/time.js';
import { testCalendars } from '../../support/calendars.js';
import { instant } from '../../support/ids.js';

const friday = instant('2026-03-06T15:00:00Z');
const place = (calendar: object) => localCalendar(testCalendars(), { territory: 'VG', timeZone: 'UTC', seq: 1, calendar });
const since = ({ amount, unit }: typeof EMERGENCY_NOTICE_24H, calendar: object) =>
  counted({ amount, unit, statedDay: null, statedUntil: null, startedAt: friday, suspensions: [] }, place(calendar));

describe('rows of the second stage', () => {
  it('give a notice after the fact its date on the actor’s own calendar', () => {
    for (const row of [EXCULPATORY_INFORM_24H, EMERGENCY_NOTICE_24H]) {
      expect(formatInstant(since(row, { roundTheClock: true }).due)).toBe('2026-03-07T15:00:00.000Z');
      // an office that is open for eight hours a day
      expect(formatInstant(since(row, { officeHours: { opens: '09:00', closes: '17:00' } }).due)).toBe('2026-03-11T15:00:00.000Z');
      expect(since(row, {})).toMatchObject({ provisional: true, remindAt: null });
    }
  });

  it('call every number of ours an internal target, with the mark that it is ours', () => {
    const ours = [
      ...STANDING_CLOCKS.filter(({ amount }) => amount > 0),
      SILENCE_30CD,
      PRE_REFUSAL_10BD,
      EXCULPATORY_INFORM_24H,
      EMERGENCY_NOTICE_24H,
    ];
    for (const row of ours) expect([row.binding, row.source]).toEqual(['internal target', expect.stringContaining('[D]')]);
    for (const { binding } of STANDING_CLOCKS) expect(binding).toBe('internal target');
  });
});
