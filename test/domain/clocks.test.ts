import { describe, expect, it } from 'vitest';
import { localCalendar } from '../../domain/calendar/local-calendar.js';
import { hasRunOut } from '../../domain/calendar/running-clock.js';
import { SILENCE_30CD, URGENT_ACK_4H } from '../../domain/calendar/second-stage.js';
import { moveClocks, overdue, recounted, type ClockContext } from '../../domain/clocks.js';
import type { RunningClock } from '../../domain/exchange.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { Step } from '../../domain/machine.js';
import type { ProfileClock } from '../../domain/profiles/profile.js';
import type { Calendars } from '../../domain/ports.js';
import { formatInstant, HOUR_MS, plusMs } from '../../domain/time.js';
import { testCalendars } from '../support/calendars.js';
import { instant } from '../support/ids.js';
import { clockContext as context, dueLocal } from './clock-context.js';

const calendarIn = (timeZone: string, territory = 'VG', calendars: Calendars = testCalendars()) =>
  localCalendar(calendars, { territory, timeZone, seq: 1 });
const row = (over: Partial<ProfileClock> = {}): ProfileClock => ({
  code: 'X',
  kind: 'FINAL',
  on: ['FIU_REQUEST'],
  amount: 1,
  unit: 'CALENDAR_DAYS',
  source: '[D]',
  binding: 'internal target',
  ...over,
});
const ARRIVES = { step: 'DELIVERY_RECEIPT', clock: 'START' } as const;
const ASKS = { step: 'CLARIFICATION_REQUEST', clock: 'SUSPEND' } as const;
const UNREADABLE = { step: 'UNDECIPHERABLE', clock: 'STOP' } as const;
const EXPLAINS = { step: 'CLARIFICATION_REPLY', clock: 'RESUME' } as const;
const ACKNOWLEDGES = { step: 'ACKNOWLEDGE', clock: 'ACK' } as const;
const ANSWERS = { step: 'FINAL_REPLY', clock: 'MET' } as const;
const profileOf = (...clocks: ProfileClock[]) => ({ clocks, suspendsOnClarification: true });
const start = (rows: readonly ProfileClock[], at: Partial<ClockContext> = {}) =>
  moveClocks([], ARRIVES, context({ profile: profileOf(...rows), ...at }));
const dueOf = (over: Partial<ProfileClock>, at: Partial<ClockContext> = {}) => start([row(over)], at)[0]!;
const byCode = (clocks: readonly RunningClock[], code: string) => clocks.find((clock) => clock.code === code)!;
const day = (n: number, over: Partial<ClockContext> = {}) =>
  context({ now: instant(`2026-03-${String(n).padStart(2, '0')}T14:00:00Z`), version: n, ...over });

describe('a due date', () => {
  it('of 21 days counts from the next local day and ends with the last', () => {
    const clock = byCode(moveClocks([], ARRIVES, context()), 'BVI_21D');
    expect(dueLocal(clock, 'America/Tortola')).toBe('2026-03-23');
    // Tortola is four hours behind, so its day ends at four in the morning UTC
    expect(formatInstant(clock.due)).toBe('2026-03-24T03:59:59.999Z');
    expect(clock).toMatchObject({ provisional: false, calendar: 'test 1; entry 1', startedBy: 'DELIVERY_RECEIPT', owes: 'Q', armed: 2 });
  });

  it('takes the local day of the requested authority, not the asker’s', () => {
    const late = { now: instant('2026-03-02T02:00:00Z') };
    expect(dueLocal(dueOf({}, { ...late, calendar: calendarIn('America/Tortola') }), 'America/Tortola')).toBe('2026-03-02');
    expect(dueLocal(dueOf({}, { ...late, calendar: calendarIn('Africa/Lagos') }), 'Africa/Lagos')).toBe('2026-03-03');
  });

  it('in business days leaves out the weekend', () => {
    const friday = { now: instant('2026-03-06T10:00:00Z'), calendar: calendarIn('UTC') };
    const clock = dueOf({ unit: 'BUSINESS_DAYS', amount: 2 }, friday);
    expect([dueLocal(clock, 'UTC'), clock.provisional]).toEqual(['2026-03-10', false]);
    const saturday = { ...friday, now: instant('2026-03-07T10:00:00Z') };
    expect(dueLocal(dueOf({ unit: 'BUSINESS_DAYS' }, saturday), 'UTC')).toBe('2026-03-09');
  });

  it('in business days is provisional where nobody knows the holidays, in calendar days firm', () => {
    const unknown = { calendar: calendarIn('UTC', 'ZZ') };
    expect(dueOf({ unit: 'BUSINESS_DAYS' }, unknown).provisional).toBe(true);
    expect(dueOf({}, unknown).provisional).toBe(false);
  });

  it('is counted in UTC and provisional where the zone is unknown', () => {
    const clock = dueOf({}, { calendar: calendarIn('Atlantis/Capital') });
    expect(formatInstant(clock.due)).toBe('2026-03-03T23:59:59.999Z');
    expect(clock.provisional).toBe(true);
  });

  it('runs out only where it is firm', () => {
    const clock = dueOf({});
    const after = instant('2026-03-04T04:00:00.000Z');
    expect([hasRunOut(clock, clock.due), hasRunOut(clock, after)]).toEqual([false, true]);
    expect(hasRunOut({ ...clock, provisional: true }, after)).toBe(false);
    expect(hasRunOut({ ...clock, metAt: after }, after)).toBe(false);
    expect(hasRunOut({ ...clock, suspendedAt: clock.due }, after)).toBe(false);
  });

  it('is reminded of when its last two days begin, and not at all where it has no more', () => {
    expect(formatInstant(dueOf({ amount: 5 }).remindAt!)).toBe('2026-03-06T04:00:00.000Z');
    expect(dueOf({ amount: 2 }).remindAt).toBeNull();
    expect(dueOf({ amount: 48, unit: 'HOURS' }).remindAt).toBeNull();
    // Thursday and Friday are the last two, so Thursday's beginning
    expect(formatInstant(dueOf({ amount: 4, unit: 'BUSINESS_DAYS' }).remindAt!)).toBe('2026-03-05T04:00:00.000Z');
  });
});

describe('clocks', () => {
  const started = moveClocks([], ARRIVES, context());

  it('start as the profile lists them for the exchange', () => {
    expect(started.map((clock) => clock.code)).toEqual(['ACK_DEFAULT', 'BVI_21D']);
    const asking = moveClocks([], ARRIVES, context({ exchangeType: 'CONSENT_REQUEST' }));
    expect(asking.map((clock) => clock.code)).toEqual(['ACK_DEFAULT', 'CONSENT_5BD']);
  });

  it('start for the urgencies and the addressees that the row names', () => {
    const rows = [URGENT_ACK_4H, row({ askedAs: ['SPOC'] })];
    expect(start(rows)).toEqual([]);
    expect(start(rows, { urgency: 'URGENT' }).map(({ code }) => code)).toEqual(['URGENT_ACK_4H']);
    expect(start(rows, { askedAs: 'SPOC' }).map(({ code }) => code)).toEqual(['X']);
  });

  it('stay as they are on a step that does nothing to them', () => {
    expect(moveClocks(started, { step: 'STATUS_REQUEST' }, day(3))).toEqual(started);
  });

  it('are forgotten where what arrived could not be read, but for those met', () => {
    const acknowledged = moveClocks(started, ACKNOWLEDGES, day(3));
    const kept = moveClocks(acknowledged, UNREADABLE, day(4)).filter(({ owes }) => owes === 'Q');
    expect(kept.map(({ code, metAt }) => [code, metAt])).toEqual([['ACK_DEFAULT', day(3).now]]);
  });

  it('are met by an acknowledgement, by a first answer, and all of them by an end', () => {
    const egmont = context({ profile: PROFILES.EGMONT_FIU });
    const open = (clocks: readonly RunningClock[]) => clocks.filter((clock) => clock.metAt === null).map((clock) => clock.code);
    const running = moveClocks([], ARRIVES, egmont);
    expect(open(moveClocks(running, ACKNOWLEDGES, egmont))).toEqual(['EGMONT_30BD']);
    const first = { step: 'INTERIM_REPLY', clock: 'FIRST' } as const;
    expect(open(moveClocks(running, first, egmont))).toEqual([]);
    expect(open(moveClocks(started, first, day(3)))).toEqual(['BVI_21D']);
    expect(open(moveClocks(started, { step: 'REFUSE', clock: 'MET' }, day(3)))).toEqual(['SILENCE_30CD']);
  });

  it('are met once: a later end does not move an earlier one', () => {
    const acknowledged = moveClocks(started, ACKNOWLEDGES, day(3));
    expect(byCode(moveClocks(acknowledged, ANSWERS, day(9)), 'ACK_DEFAULT').metAt).toBe(day(3).now);
  });

  it('stand still while a clarification is open, by whole days, and are armed anew', () => {
    const suspended = moveClocks(moveClocks(started, ACKNOWLEDGES, day(3)), ASKS, day(11));
    expect(byCode(suspended, 'BVI_21D').suspendedAt).toBe(day(11).now);
    expect(byCode(suspended, 'ACK_DEFAULT').suspendedAt).toBeNull();
    expect(byCode(moveClocks(suspended, { step: 'STATUS_REPLY', clock: 'SUSPEND' }, day(12)), 'BVI_21D')).toEqual(
      byCode(suspended, 'BVI_21D'),
    );
    const resumed = byCode(moveClocks(suspended, EXPLAINS, day(13)), 'BVI_21D');
    expect(dueLocal(resumed, 'America/Tortola')).toBe('2026-03-25');
    expect(resumed).toMatchObject({ suspendedAt: null, armed: 13, suspensions: [{ from: day(11).now, to: day(13).now }] });
    expect(dueLocal(byCode(moveClocks(suspended, EXPLAINS, day(11)), 'BVI_21D'), 'America/Tortola')).toBe('2026-03-23');
  });

  it('may be met while they stand still, with the time added all the same', () => {
    const met = byCode(moveClocks(moveClocks(started, ASKS, day(11)), ANSWERS, day(13)), 'BVI_21D');
    expect(met).toMatchObject({ metAt: day(13).now, suspendedAt: null });
    expect(dueLocal(met, 'America/Tortola')).toBe('2026-03-25');
  });

  it('do not stand still on a profile that does not say so', () => {
    const profile = { clocks: [row()], suspendsOnClarification: false };
    const running = (clocks: readonly RunningClock[]) => clocks.filter(({ kind }) => kind === 'FINAL');
    expect(running(moveClocks(started, ASKS, day(11, { profile })))).toEqual(running(started));
  });

  it('of an acknowledgement is met by who asks back: it has received', () => {
    const asked = moveClocks(started, ASKS, day(2));
    expect(asked.filter(({ kind }) => kind === 'ACK').map(({ metAt }) => metAt)).toEqual([day(2).now]);
    expect(
      overdue(
        asked.filter(({ kind }) => kind === 'ACK'),
        day(28).now,
      ),
    ).toEqual([]);
  });
});

describe('clocks of the second stage', () => {
  const started = moveClocks([], ARRIVES, context());

  it('give the clarification one of its own, which the answer meets and which does not stand still itself', () => {
    const asked = moveClocks(started, ASKS, day(3));
    const own = byCode(asked, 'CLARIFICATION_10BD');
    expect(own).toMatchObject({ owes: 'R', lapses: true, suspendedAt: null, metAt: null });
    expect(dueLocal(own, 'America/Tortola')).toBe('2026-03-17');
    expect(byCode(moveClocks(asked, EXPLAINS, day(5)), 'CLARIFICATION_10BD').metAt).toBe(day(5).now);
    const lapsed = moveClocks(asked, { step: 'LAPSE', clock: 'RESUME' }, day(18));
    expect(byCode(lapsed, 'CLARIFICATION_10BD').metAt).toBe(day(18).now);
    // asked for its views on a refusal, it answers with them
    const consulted = moveClocks(asked, { step: 'PRE_REFUSAL_CONSULTATION' }, day(5));
    expect(byCode(consulted, 'CLARIFICATION_10BD').metAt).toBe(day(5).now);
    expect(byCode(lapsed, 'BVI_21D').suspendedAt).toBeNull();
  });

  it('begin a second clarification clock with a second question', () => {
    const twice = moveClocks(moveClocks(moveClocks(started, ASKS, day(3)), EXPLAINS, day(5)), ASKS, day(9));
    expect(twice.filter(({ code }) => code === 'CLARIFICATION_10BD').map(({ metAt }) => metAt)).toEqual([day(5).now, null]);
  });

  it('give what could not be read one of the requester’s, which sealing anew or the end meets, and no silence', () => {
    const unread = moveClocks(started, UNREADABLE, day(4));
    const own = byCode(unread, 'RESUBMIT_5BD');
    expect(own).toMatchObject({ owes: 'R', kind: 'RESUBMISSION', lapses: false, startedBy: 'UNDECIPHERABLE', metAt: null });
    expect(dueLocal(own, 'America/Tortola')).toBe('2026-03-11');
    expect(byCode(moveClocks(unread, { step: 'RESUBMIT' }, day(5)), 'RESUBMIT_5BD').metAt).toBe(day(5).now);
    expect(byCode(moveClocks(unread, { step: 'NOT_PURSUED', clock: 'MET' }, day(5)), 'RESUBMIT_5BD').metAt).toBe(day(5).now);
    expect(byCode(moveClocks(unread, { step: 'LAPSE' }, day(12)), 'RESUBMIT_5BD').metAt).toBeNull();
  });

  it('take the review date that a postponement names, until it is postponed again', () => {
    const postponed = moveClocks(started, { step: 'POSTPONE' }, day(5, { statedDay: '2026-04-10' }));
    const review = byCode(postponed, 'REVIEW_DATE');
    expect(formatInstant(review.due)).toBe('2026-04-11T03:59:59.999Z');
    expect(formatInstant(review.remindAt!)).toBe('2026-04-09T04:00:00.000Z');
    const again = moveClocks(postponed, { step: 'POSTPONE' }, day(9, { statedDay: '2026-03-10' }));
    const [first, second] = again.filter(({ code }) => code === 'REVIEW_DATE');
    expect([first!.metAt, second!.remindAt]).toEqual([day(9).now, null]);
    expect(moveClocks(started, { step: 'POSTPONE' }, day(5))).toEqual(started);
  });

  it('show the date that who asked would have it by, where it named one', () => {
    const named = moveClocks([], ARRIVES, context({ deadline: instant('2026-03-13T03:00:00Z') }));
    const asked = byCode(named, 'ASKED_FOR_DATE');
    // still the 12th in Tortola
    expect([asked.statedDay, dueLocal(asked, 'America/Tortola'), asked.binding]).toEqual(['2026-03-12', '2026-03-12', 'internal target']);
    expect(byCode(moveClocks(named, ANSWERS, day(9)), 'ASKED_FOR_DATE').metAt).toBe(day(9).now);
  });

  it('end a measure with the moment that it was taken until, unless it is prolonged or lifted', () => {
    const taken = { step: 'MEASURE_TAKEN' } as const;
    const of = { exchangeType: 'POSTPONEMENT_REQUEST' } as const;
    const until = instant('2026-03-12T12:00:00Z');
    const first = moveClocks([], taken, day(3, { ...of, statedUntil: until }));
    expect(first).toMatchObject([{ code: 'MEASURE_UNTIL', due: until, lapses: true, remindAt: instant('2026-03-11T04:00:00Z') }]);
    const prolonged = moveClocks(first, taken, day(5, { ...of, statedUntil: instant('2026-03-20T12:00:00Z') }));
    expect(prolonged.map(({ metAt }) => metAt)).toEqual([day(5).now, null]);
    expect(moveClocks(prolonged, { step: 'MEASURE_LIFTED' }, day(6, of))[1]!.metAt).toBe(day(6).now);
  });

  it('give way to the calmer limit where urgency is not accepted, from the same start', () => {
    const rows = [
      row({ code: 'URGENT', urgency: ['URGENT'] }),
      row({ code: 'CALM', amount: 7, urgency: ['ROUTINE', 'PRIORITY'] }),
      row({ code: 'FIRST_8H', kind: 'FIRST', unit: 'HOURS', amount: 8, urgency: ['URGENT'] }),
      row({ code: 'WHATEVER', kind: 'ACK' }),
    ];
    const profile = profileOf(...rows);
    const urgent = start(rows, { urgency: 'URGENT' });
    expect(urgent.map(({ code }) => code)).toEqual(['URGENT', 'FIRST_8H', 'WHATEVER', 'URGENT_ACK_4H']);
    const word = { step: 'URGENCY_NOT_ACCEPTED' } as const;
    const calm = moveClocks(urgent, word, day(3, { profile, urgency: 'ROUTINE' }));
    expect(calm.map(({ code, metAt }) => [code, metAt])).toEqual([
      ['CALM', null],
      ['FIRST_8H', day(3).now],
      ['WHATEVER', null],
      ['URGENT_ACK_4H', day(3).now],
    ]);
    expect(calm[0]).toMatchObject({ startedAt: urgent[0]!.startedAt, armed: 3 });
    expect(dueLocal(calm[0]!, 'America/Tortola')).toBe('2026-03-09');
    expect(moveClocks(calm, word, day(4, { profile, urgency: 'PRIORITY' }))).toEqual(calm);
  });

  it('carry a date to where a reasoned delay may carry it, once', () => {
    const rows = [row({ amount: 5, unit: 'BUSINESS_DAYS', extension: { code: 'X10', amount: 10 } })];
    const profile = profileOf(...rows);
    const late = { step: 'DELAY_NOTICE' } as const;
    const delayed = moveClocks(start(rows), late, day(4, { profile, statedDay: '2026-03-16' }));
    expect(delayed.map(({ code, due }) => [code, dueLocal({ due }, 'America/Tortola')])).toEqual([
      ['X10', '2026-03-16'],
      ['NEW_DATE', '2026-03-16'],
    ]);
    expect(byCode(moveClocks(delayed, late, day(9, { profile })), 'X10')).toEqual(byCode(delayed, 'X10'));
  });

  it('measure the requester’s silence after the answer to the whole, where the profile says so', () => {
    const profile = profileOf(SILENCE_30CD);
    const answered = moveClocks([], ANSWERS, day(5, { profile }));
    expect(answered.map(({ code }) => code)).toEqual(['SILENCE_30CD']);
    expect(moveClocks([], { step: 'FINAL_REPLY', clock: 'FIRST' }, day(5, { profile }))).toEqual([]);
    expect(moveClocks(answered, { step: 'CLOSE', clock: 'MET' }, day(9, { profile }))[0]!.metAt).toBe(day(9).now);
    expect(moveClocks([], ANSWERS, day(5, { profile: profileOf() }))).toEqual([]);
  });

  it('leave the requester silent after each end, and after nothing that still owes something', () => {
    const profile = profileOf(SILENCE_30CD);
    const starts = (step: Step, clock?: 'MET' | 'ACK') => moveClocks([], { step, ...(clock && { clock }) }, day(5, { profile })).length;
    for (const step of SILENCE_30CD.starts!) expect([step, starts(step, 'MET')]).toEqual([step, 1]);
    expect([starts('CONDITIONS_ACCEPTED'), starts('LAPSE'), starts('ACKNOWLEDGE', 'ACK')]).toEqual([0, 0, 0]);
    expect(moveClocks([], ANSWERS, day(5, { profile, exchangeType: 'CONSENT_REQUEST' }))).toEqual([]);
  });

  it('give conditions the same ten business days as a consultation before a refusal', () => {
    const { FORMAL_MLA: profile } = PROFILES;
    const put = (step: Step) => moveClocks([], { step }, day(2, { profile, exchangeType: 'FORMAL_MLA_REQUEST' }));
    const windows = (['PRE_REFUSAL_CONSULTATION', 'CONDITIONS_PROPOSED'] as const).map(put);
    expect(windows.map((clocks) => clocks.map(({ code, owes, amount }) => [code, owes, amount]))).toEqual([
      [['PRE_REFUSAL_10BD', 'R', 10]],
      [['PRE_REFUSAL_10BD', 'R', 10]],
    ]);
    const answered = moveClocks(windows[1]!, { step: 'CONDITIONS_DECLINED' }, day(4, { profile, exchangeType: 'FORMAL_MLA_REQUEST' }));
    expect(answered[0]!.metAt).toBe(day(4).now);
  });

  it('let a profile name its own in place of a standing one', () => {
    const profile = profileOf(row({ code: 'CLARIFICATION_10BD', amount: 3, starts: ['CLARIFICATION_REQUEST'] }));
    expect(moveClocks([], ASKS, day(3, { profile })).map(({ amount }) => amount)).toEqual([3]);
  });
});

describe('a changed calendar', () => {
  const rows = [row({ amount: 5, unit: 'BUSINESS_DAYS' })];
  const [clock] = start(rows);
  const anew = (holidays: Record<string, string>, version = 'test 2') =>
    day(9, { calendar: calendarIn('America/Tortola', 'VG', testCalendars(holidays, version)) });

  it('moves a running date and arms it anew', () => {
    const moved = recounted(clock!, anew({ '2026-03-05': 'Jubilee' }));
    expect([dueLocal(clock!, 'America/Tortola'), dueLocal(moved, 'America/Tortola')]).toEqual(['2026-03-09', '2026-03-10']);
    expect(moved).toMatchObject({ armed: 9, calendar: 'test 2; entry 1' });
    // or by another rule, or other tables of time zones, on a calendar of the same version
    expect(recounted({ ...clock!, due: plusMs(clock!.due, HOUR_MS) }, anew({}, 'test 1'))).toEqual({ ...clock, armed: 9 });
  });

  it('leaves a clock as it is where its date stays, and where it is met', () => {
    expect(recounted(clock!, anew({ '2026-03-20': 'Later' }))).toBe(clock);
    const met = { ...clock!, metAt: clock!.due };
    expect(recounted(met, anew({ '2026-03-05': 'Jubilee' }))).toBe(met);
  });

  it('makes a date firm, or provisional, even where the day stays', () => {
    const doubtful = localCalendar(testCalendars({}, 'test 2'), { territory: 'ZZ', timeZone: 'America/Tortola', seq: 2 });
    expect(recounted(clock!, day(9, { calendar: doubtful }))).toMatchObject({ due: clock!.due, provisional: true });
  });
});

describe('overdue', () => {
  const [clock] = start([row()]);
  const [before, at, after] = ['2026-03-04T03:59:59.998Z', '2026-03-04T03:59:59.999Z', '2026-03-04T04:00:00.000Z'].map(instant) as [
    RunningClock['due'],
    RunningClock['due'],
    RunningClock['due'],
  ];
  it('begins after the last instant of the day', () => {
    expect(overdue([clock!], at)).toEqual([]);
    expect(overdue([clock!], after)).toEqual([clock]);
  });

  it('is not what stands still, nor what was met in time, whenever one looks', () => {
    expect(overdue([{ ...clock!, suspendedAt: before }], after)).toEqual([]);
    expect(overdue([{ ...clock!, metAt: at }], after)).toEqual([]);
    expect(overdue([{ ...clock!, metAt: after }], after)).toHaveLength(1);
  });
});

describe('a step that says nothing of a clock', () => {
  const SAYS = { step: 'STATUS_REPLY' } as const;
  const extensible = row({ extension: { code: 'X_LONGER', amount: 10 } });
  const at = (over: Partial<ClockContext> = {}) => day(3, { profile: profileOf(extensible), ...over });

  it('extends none, which a notice of delay does', () => {
    const clocks = start([extensible]);
    expect(moveClocks(clocks, SAYS, at())).toEqual(clocks);
    expect(moveClocks(clocks, { step: 'DELAY_NOTICE' }, at())[0]!.due).toBeGreaterThan(clocks[0]!.due);
  });

  it('makes none less pressing, even where the request is', () => {
    const pressing = row({ urgency: ['URGENT'] });
    const clocks = start([pressing], { urgency: 'URGENT' });
    expect(byCode(clocks, 'X').metAt).toBeNull();
    expect(moveClocks(clocks, SAYS, at({ profile: profileOf(pressing) }))).toEqual(clocks);
  });

  it('leaves no suspension behind where the clock never stood still', () => {
    const [met] = moveClocks(start([row()]), ANSWERS, day(3));
    expect(met).toMatchObject({ suspensions: [], suspendedAt: null, metAt: day(3).now });
    const [resumed] = moveClocks(start([row()]), EXPLAINS, day(3));
    expect(resumed!.suspensions).toEqual([]);
  });
});

describe('a clock that starts', () => {
  it('lapses only where its row says so', () => {
    expect(dueOf({}).lapses).toBe(false);
    expect(dueOf({ lapses: true }).lapses).toBe(true);
  });

  it('takes no day and no end from the message, unless its row wants what is stated', () => {
    const said = { statedDay: '2026-05-01', statedUntil: instant('2026-06-01T00:00:00Z'), deadline: instant('2026-07-01T00:00:00Z') };
    expect(dueOf({}, said)).toMatchObject({ statedDay: null, statedUntil: null });
    const postponed = moveClocks(
      [],
      { step: 'POSTPONE' },
      context({ ...said, profile: profileOf(row({ unit: 'STATED', starts: ['POSTPONE'] }), row({ code: 'Y', starts: ['POSTPONE'] })) }),
    );
    expect(byCode(postponed, 'X')).toMatchObject({ statedDay: '2026-05-01', statedUntil: said.statedUntil });
    expect(byCode(postponed, 'Y')).toMatchObject({ statedDay: null, statedUntil: null });
    const received = dueOf({ unit: 'STATED' }, said);
    expect(received).toMatchObject({ statedDay: '2026-06-30', statedUntil: null });
  });

  it('with receipt and at a stated day does not start where the request names none', () => {
    expect(start([row({ unit: 'STATED' })], { statedUntil: instant('2026-06-01T00:00:00Z') })).toEqual([]);
  });
});
