import { describe, expect, it } from 'vitest';
import { dueLocal, moveClocks, overdue, type ClockContext } from '../../domain/clocks.js';
import type { RunningClock } from '../../domain/exchange.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { ProfileClock } from '../../domain/profiles/profile.js';
import { formatInstant } from '../../domain/time.js';
import { instant } from '../support/ids.js';

const context = (over: Partial<ClockContext> = {}): ClockContext => ({
  now: instant('2026-03-02T10:00:00Z'),
  profile: PROFILES.BVI_BILATERAL_FIU,
  exchangeType: 'FIU_REQUEST',
  timeZone: 'America/Tortola',
  ...over,
});
const row = (over: Partial<ProfileClock>): ProfileClock => ({
  code: 'X',
  kind: 'FINAL',
  on: ['FIU_REQUEST'],
  amount: 1,
  unit: 'CALENDAR_DAYS',
  source: '[D]',
  binding: 'internal target',
  ...over,
});
const dueOf = (over: Partial<ProfileClock>, at: Partial<ClockContext>) => {
  const [clock] = moveClocks([], 'START', context({ profile: { clocks: [row(over)], suspendsOnClarification: true }, ...at }));
  return clock!;
};
const byCode = (clocks: readonly RunningClock[], code: string) => clocks.find((clock) => clock.code === code)!;

describe('a due date', () => {
  it('of 21 days counts from the next local day and ends with the last', () => {
    const clock = byCode(moveClocks([], 'START', context()), 'BVI_21D');
    expect(dueLocal(clock, 'America/Tortola')).toBe('2026-03-23');
    // Tortola is four hours behind, so its day ends at four in the morning UTC
    expect(formatInstant(clock.due)).toBe('2026-03-24T03:59:59.999Z');
    expect(clock.provisional).toBe(false);
  });

  it('takes the local day of the requested authority, not the asker’s', () => {
    const late = { now: instant('2026-03-02T02:00:00Z') };
    expect(dueLocal(dueOf({}, { ...late, timeZone: 'America/Tortola' }), 'America/Tortola')).toBe('2026-03-02');
    expect(dueLocal(dueOf({}, { ...late, timeZone: 'Africa/Lagos' }), 'Africa/Lagos')).toBe('2026-03-03');
  });

  it('in business days leaves out the weekend and is provisional without a calendar', () => {
    const clock = dueOf({ unit: 'BUSINESS_DAYS', amount: 2 }, { now: instant('2026-03-06T10:00:00Z'), timeZone: 'UTC' });
    expect(dueLocal(clock, 'UTC')).toBe('2026-03-10');
    expect(clock.provisional).toBe(true);
    expect(dueLocal(dueOf({ unit: 'BUSINESS_DAYS', amount: 1 }, { now: instant('2026-03-07T10:00:00Z'), timeZone: 'UTC' }), 'UTC')).toBe(
      '2026-03-09',
    );
  });

  it('in hours runs on the wall clock', () => {
    expect(formatInstant(dueOf({ unit: 'HOURS', amount: 8 }, {}).due)).toBe('2026-03-02T18:00:00.000Z');
  });

  it('survives clocks put forward over midnight, and days of 23 and 25 hours', () => {
    // Beirut skipped 00:00 to 01:00 on 26 March 2023
    const clock = dueOf({ amount: 1 }, { now: instant('2023-03-24T10:00:00Z'), timeZone: 'Asia/Beirut' });
    expect(formatInstant(clock.due)).toBe('2023-03-25T21:59:59.999Z');
    const lost = dueOf({ amount: 2 }, { now: instant('2023-03-24T10:00:00Z'), timeZone: 'Asia/Beirut' });
    expect(formatInstant(lost.due)).toBe('2023-03-26T20:59:59.999Z');
  });

  it('is counted in UTC and provisional where the zone is unknown', () => {
    const clock = dueOf({}, { timeZone: 'Atlantis/Capital' });
    expect(formatInstant(clock.due)).toBe('2026-03-03T23:59:59.999Z');
    expect(clock.provisional).toBe(true);
  });
});

describe('clocks', () => {
  const started = moveClocks([], 'START', context());
  const day = (n: number) => context({ now: instant(`2026-03-${String(n).padStart(2, '0')}T10:00:00Z`) });

  it('start as the profile lists them for the exchange', () => {
    expect(started.map((clock) => clock.code)).toEqual(['ACK_DEFAULT', 'BVI_21D']);
    const asking = moveClocks([], 'START', context({ exchangeType: 'CONSENT_REQUEST' }));
    expect(asking.map((clock) => clock.code)).toEqual(['ACK_DEFAULT', 'CONSENT_5BD']);
  });

  it('stay as they are on a step that does nothing to them', () => {
    expect(moveClocks(started, undefined, day(3))).toBe(started);
  });

  it('are met by an acknowledgement, by a first answer, and all of them by an end', () => {
    const egmont = context({ profile: PROFILES.EGMONT_FIU });
    const open = (clocks: readonly RunningClock[]) => clocks.filter((clock) => clock.metAt === null).map((clock) => clock.code);
    const running = moveClocks([], 'START', egmont);
    expect(open(moveClocks(running, 'ACK', egmont))).toEqual(['EGMONT_30BD']);
    expect(open(moveClocks(running, 'FIRST', egmont))).toEqual([]);
    expect(open(moveClocks(started, 'FIRST', day(3)))).toEqual(['BVI_21D']);
    expect(open(moveClocks(started, 'MET', day(3)))).toEqual([]);
  });

  it('are met once: a later end does not move an earlier one', () => {
    const acknowledged = moveClocks(started, 'ACK', day(3));
    expect(byCode(moveClocks(acknowledged, 'MET', day(9)), 'ACK_DEFAULT').metAt).toBe(day(3).now);
  });

  it('stand still while a clarification is open, and the time it took is added', () => {
    const suspended = moveClocks(moveClocks(started, 'ACK', day(3)), 'SUSPEND', day(11));
    expect(byCode(suspended, 'BVI_21D').suspendedAt).toBe(day(11).now);
    expect(byCode(suspended, 'ACK_DEFAULT').suspendedAt).toBeNull();
    expect(moveClocks(suspended, 'SUSPEND', day(12))).toEqual(suspended);
    const resumed = moveClocks(suspended, 'RESUME', day(12));
    expect(dueLocal(byCode(resumed, 'BVI_21D'), 'America/Tortola')).toBe('2026-03-24');
    expect(byCode(resumed, 'BVI_21D').suspendedAt).toBeNull();
  });

  it('may be met while they stand still, with the time added all the same', () => {
    const met = byCode(moveClocks(moveClocks(started, 'SUSPEND', day(11)), 'MET', day(13)), 'BVI_21D');
    expect(met).toMatchObject({ metAt: day(13).now, suspendedAt: null });
    expect(dueLocal(met, 'America/Tortola')).toBe('2026-03-25');
  });

  it('do not stand still on a profile that does not say so', () => {
    const running = context({ profile: { clocks: [row({})], suspendsOnClarification: false } });
    expect(moveClocks(started, 'SUSPEND', running)).toBe(started);
  });
});

describe('overdue', () => {
  const [clock] = moveClocks([], 'START', context({ profile: { clocks: [row({})], suspendsOnClarification: true } }));
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
