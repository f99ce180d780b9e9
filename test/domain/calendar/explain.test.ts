import { describe, expect, it } from 'vitest';
import { explainClock } from '../../../domain/calendar/explain.js';
import { localCalendar } from '../../../domain/calendar/local-calendar.js';
import { moveClocks, type ClockContext } from '../../../domain/clocks.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import { testCalendars } from '../../support/calendars.js';
import { instant } from '../../support/ids.js';
import { clockContext } from '../clock-context.js';

const calendarOf = (territory: string) =>
  localCalendar(testCalendars({ '2026-03-06': 'Jubilee' }), { territory, timeZone: 'America/Tortola', seq: 1 });
const context = (at: string, over: Partial<ClockContext> = {}): ClockContext =>
  clockContext({ now: instant(at), profile: PROFILES.EGMONT_FIU, exchangeType: 'CONSENT_REQUEST', calendar: calendarOf('VG'), ...over });
const started = moveClocks([], { step: 'DELIVERY_RECEIPT', clock: 'START' }, context('2026-03-03T14:00:00Z'));
const consent = (clocks: typeof started) => clocks.find(({ code }) => code === 'CONSENT_5BD')!;

describe('a date explains itself', () => {
  it('by source, start, calendar and the days left out', () => {
    expect(explainClock(consent(started), calendarOf('VG'), instant('2026-03-04T14:00:00Z'))).toMatchObject({
      code: 'CONSENT_5BD',
      amount: 5,
      unit: 'BUSINESS_DAYS',
      source: 'AMLD6 34(2) [F:S18], the number [D]',
      binding: 'internal target',
      startedBy: 'DELIVERY_RECEIPT',
      startedOn: '2026-03-03',
      dueOn: '2026-03-11',
      timeZone: 'America/Tortola',
      calendar: 'test 1; entry 1',
      doubts: [],
      skipped: [
        { day: '2026-03-06', why: 'HOLIDAY', name: 'Jubilee' },
        { day: '2026-03-07', why: 'WEEKEND' },
        { day: '2026-03-08', why: 'WEEKEND' },
      ],
      suspensions: [],
      isOverdue: false,
    });
  });

  it('by its suspensions, ended and open', () => {
    const asked = moveClocks(started, { step: 'CLARIFICATION_REQUEST', clock: 'SUSPEND' }, context('2026-03-04T14:00:00Z'));
    const open = explainClock(consent(asked), calendarOf('VG'), instant('2026-04-01T14:00:00Z'));
    expect([open.suspensions, open.isOverdue]).toEqual([[{ from: instant('2026-03-04T14:00:00Z'), to: null }], false]);
    const resumed = moveClocks(asked, { step: 'CLARIFICATION_REPLY', clock: 'RESUME' }, context('2026-03-09T14:00:00Z'));
    const ended = explainClock(consent(resumed), calendarOf('VG'), instant('2026-04-01T14:00:00Z'));
    expect([ended.suspensions.length, ended.dueOn, ended.isOverdue]).toEqual([1, '2026-03-13', true]);
    const met = moveClocks(resumed, { step: 'GRANT', clock: 'MET' }, context('2026-03-12T14:00:00Z'));
    expect(explainClock(consent(met), calendarOf('VG'), instant('2026-04-01T14:00:00Z')).isOverdue).toBe(false);
  });

  it('by what is not known', () => {
    const nowhere = moveClocks(
      [],
      { step: 'DELIVERY_RECEIPT', clock: 'START' },
      context('2026-03-03T14:00:00Z', { calendar: calendarOf('ZZ') }),
    );
    expect(explainClock(consent(nowhere), calendarOf('ZZ'), instant('2026-03-04T14:00:00Z')).doubts).toEqual(['NO_HOLIDAY_DATA']);
  });
});
