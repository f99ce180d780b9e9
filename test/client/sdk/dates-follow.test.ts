/** A gateway that counts by what it knows, and a client that knows less of it: what differs for that alone is no contradiction. */
import { expect, it } from 'vitest';
import { datesMisfits } from '../../../client/sdk/dates-follow.js';
import { standingCheck } from '../../../client/sdk/follows.js';
import { waysOf } from '../../../client/sdk/replay.js';
import type { Evidence, Shown } from '../../../client/sdk/standing-check.js';
import { countClock } from '../../../domain/calendar/running-clock.js';
import { localCalendar } from '../../../domain/calendar/local-calendar.js';
import type { Calendars } from '../../../domain/ports.js';
import { opened } from '../../../domain/said.js';
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS, parseInstant, plusMs, startOfCivilDate } from '../../../domain/time.js';
import type { ClockAnswer } from '../../../domain/wire/http-answers.js';
import { open, setStage, settle, take, textOf, type Run } from '../../domain/machines/stage.js';
import { testCalendars } from '../../support/calendars.js';
import { certain } from '../../../domain/result.js';
import { entry as entryOf } from '../../support/actors.js';
import { checked, seen } from './replayed.js';

const FOLLOWS = { contradicted: [], unchecked: [] };

/** A request that was acknowledged, and asked back about: one of its dates is counted in business days. */
async function asked(minutesToMidnight = 600): Promise<Run> {
  const run = await open(await setStage('FIU_REQUEST', 7));
  await settle(run.stage);
  const { world, directory } = run.stage.gateway;
  const { timeZone } = (await directory.current()).authorities.get(run.stage.Q.id)!.entry!;
  // a Tuesday begins then, and no day off is near
  world.clock.advance(startOfCivilDate('2026-04-14', timeZone) - minutesToMidnight * MINUTE_MS - world.clock.now());
  expect(await take(run, 'CLARIFICATION_REQUEST', 'Q', await textOf(run.stage, run.stage.Q))).toEqual(['ALLOW']);
  await settle(run.stage);
  return run;
}

const isOfDays = ({ unit, metAt }: ClockAnswer): boolean => unit === 'BUSINESS_DAYS' && metAt === null;
const dated = (shown: Shown, change: (date: ClockAnswer) => Partial<ClockAnswer>): Shown => ({
  ...shown,
  dates: shown.dates.map((date) => (isOfDays(date) ? { ...date, ...change(date) } : date)),
});
const later = (text: string, ms: number): string => formatInstant(plusMs(certain(parseInstant(text)), ms));

it('a day on which an office is closed is one where the territory works at our week’s end', async () => {
  const { shown, evidence } = await seen(await asked());
  const entry = { ...evidence.entry!, calendar: { closingDays: ['2026-04-19', '2026-04-26'] } };
  const territory: Calendars = { version: 'test 1', of: () => ({ weekend: [5, 6], lastDay: null, holidayOn: () => null }) };
  const calendar = localCalendar(territory, entry);
  const ways = waysOf(opened(evidence.opening), evidence.steps, { version: shown.summary.version, now: evidence.now });
  const standing = (ways.ok ? ways.value : []).filter(({ state }) => state === shown.summary.state);
  const there = dated(shown, (date) => {
    const clock = standing[0]!.clocks.find(({ code }) => code === date.code)!;
    const { due, skipped } = countClock({ ...clock, startedAt: certain(parseInstant(date.startedAt)) }, calendar);
    return { due: formatInstant(due), skipped: [...skipped] };
  });
  expect(there.dates.find(isOfDays)!.skipped.map(({ why }) => why)).toContain('CLOSED');
  expect(datesMisfits(there, standing, { ...evidence, entry })).toEqual(FOLLOWS);
});

it.each<[string, (date: ClockAnswer) => Partial<ClockAnswer>, Partial<NonNullable<Evidence['entry']>>]>([
  ['other tables put its wall clock back', ({ due }) => ({ due: later(due, HOUR_MS) }), {}],
  ['other tables put it forward', ({ due }) => ({ due: later(due, -HOUR_MS) }), {}],
  ['this client does not know it', ({ due }) => ({ due: later(due, 5 * HOUR_MS) }), { timeZone: 'Mars/Tharsis' }],
  ['the gateway does not know it', ({ due }) => ({ due: later(due, 5 * HOUR_MS), doubts: ['NO_TIME_ZONE'] }), {}],
])('a date in a time zone is not checked where %s', async (_why, change, over) => {
  const { shown, evidence } = await seen(await asked());
  const entry = { ...evidence.entry!, ...over };
  const { contradicted, unchecked } = standingCheck(dated(shown, change), { ...evidence, entry });
  expect(contradicted).toEqual([]);
  expect(unchecked.join()).toContain('CLARIFICATION_10BD');
});

it.each([
  [20, 'unchecked'],
  [-20, 'unchecked'],
  [120, 'contradicted'],
])('a date that begins %i minutes from midnight is a day off by other tables, or by none: %s', async (minutes, told) => {
  const { shown, evidence } = await seen(await asked(minutes));
  const other = dated(shown, ({ due }) => ({ due: later(due, (minutes > 0 ? 1 : -1) * DAY_MS) }));
  const check = standingCheck(other, evidence);
  expect({ contradicted: check.contradicted.length, unchecked: check.unchecked.length }).toEqual({
    contradicted: 0,
    unchecked: 0,
    [told]: 1,
  });
});

it('a date is shown by the holidays by which its days are shown, before the gateway counted it anew', async () => {
  const run = await asked();
  const before = await seen(run);
  const day = before.shown.dates.find(isOfDays)!.startedAt;
  const holidays = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [later(day, n * DAY_MS).slice(0, 10), 'Jubilee']));
  const { shown, evidence } = await seen(run, testCalendars(holidays, 'test 2'));
  expect(shown.dates.find(isOfDays)!.due > before.shown.dates.find(isOfDays)!.due).toBe(true);
  expect(standingCheck(shown, evidence)).toEqual(FOLLOWS);
});

it('what this side owes is kept from an earlier entry of the other, or begins with the entry that makes it certain', async () => {
  const run = await asked();
  const { gateway, Q } = run.stage;
  const says = async (over: object) => {
    const { chance, at } = gateway.desk();
    const { seq, timeZone } = (await gateway.directory.current()).authorities.get(Q.id)!.entry!;
    const answer = await gateway.walk.acceptStatement(entryOf(Q, at, chance, { timeZone, ...over, seq: seq + 1 }).submission, null);
    expect(answer).toMatchObject({ ok: true });
    await gateway.walk.recountClocks();
    return (await seen(run)).shown.dates.find(isOfDays)!;
  };
  const { due } = (await seen(run)).shown.dates.find(isOfDays)!;
  const kept = await says({ calendar: { weekend: ['SUN'] } });
  expect(kept.due).toBe(due);
  // no entry that this client believes gives that date: it is neither wrong nor followed
  const isUnchecked = { contradicted: [], unchecked: [expect.stringContaining('an earlier entry') as string] };
  expect(await checked(run)).toEqual(isUnchecked);
  // an earlier date is not one that was kept
  const { shown, evidence } = await seen(run);
  const earlier = dated(shown, (date) => ({ due: later(date.due, -5 * DAY_MS) }));
  expect(standingCheck(earlier, evidence)).toEqual({
    contradicted: [],
    unchecked: [expect.stringContaining('another directory entry') as string],
  });
  expect(await says({ timeZone: 'Mars/Tharsis' })).toMatchObject({ doubts: ['NO_TIME_ZONE'] });
  gateway.world.clock.advance(40 * DAY_MS);
  const begins = await says({ timeZone: 'Europe/London' });
  expect(begins).toMatchObject({ doubts: [], isOverdue: false, startedAt: kept.startedAt });
  expect(await checked(run)).toEqual(FOLLOWS);
});
