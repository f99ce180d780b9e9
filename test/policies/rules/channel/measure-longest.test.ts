/** What an FIU holds back for another, no longer than its law lets it. */
import { expect, it } from 'vitest';
import { moveClocks } from '../../../../domain/clocks.js';
import type { Declarations } from '../../../../domain/wire/declarations.js';
import { violationsOf } from '../../../support/decision.js';
import { answer, contentReply, exchange, fix } from '../../../support/facts.js';
import { instant } from '../../../support/ids.js';
import { withEntry } from '../../../support/openings.js';
import { clockContext } from '../../../domain/clock-context.js';

const law: Declarations = { law: { suspensionDaysMax: 5 } };
const MONDAY = instant('2026-03-02T10:00:00Z');

/** @param firstAt when it was taken first; absent: it is taken now */
function taken(until: string, declared: Declarations = law, now = MONDAY, firstAt?: typeof MONDAY) {
  const body = { until: instant(until) };
  const context = clockContext({ now: firstAt ?? now, exchangeType: 'POSTPONEMENT_REQUEST', statedUntil: instant('2026-03-03T10:00:00Z') });
  const clocks = firstAt === undefined ? [] : moveClocks([], { step: 'MEASURE_TAKEN' }, context);
  const from = withEntry(fix, { timeZone: 'America/Tortola', ...declared });
  const facts = contentReply(answer('MEASURE_TAKEN', body), { now, from, exchange: { ...exchange, clocks } });
  return violationsOf(facts).filter(({ rule }) => rule === 'channel/measure-longest');
}

it('a measure ends within the days that the law of who takes it allows, on its own calendar', () => {
  expect(taken('2026-03-08T03:59:59Z')).toEqual([]);
  expect(taken('2026-03-08T04:00:00Z')).toMatchObject([
    {
      code: 'CHANNEL_NOT_PERMITTED',
      offenders: ['body.until'],
      remedy: { action: 'complete-field', fields: ['body.until'] },
      sentence:
        'VG-FIX says that its law holds a transaction back for 5 days at most, until the end of 2026-03-07; 2026-03-08T04:00:00.000Z is later.',
    },
  ]);
});

it('is prolonged within the days that began with the first one', () => {
  const wednesday = instant('2026-03-04T10:00:00Z');
  expect(taken('2026-03-07T10:00:00Z', law, wednesday, MONDAY)).toEqual([]);
  expect(taken('2026-03-09T10:00:00Z', law, wednesday, MONDAY)).toHaveLength(1);
  expect(taken('2026-03-09T10:00:00Z', law, wednesday)).toEqual([]);
});

it('is bound by what is said of that type, and by nothing where nothing is said', () => {
  expect(taken('2027-03-02T10:00:00Z', {})).toEqual([]);
  expect(taken('2026-03-05T10:00:00Z', { byType: [{ type: 'FIU', law: { suspensionDaysMax: 2 } }] })).toHaveLength(1);
});

it('is no matter of this rule where nobody is known who could have said it', () => {
  const far = answer('MEASURE_TAKEN', { until: instant('2027-03-02T10:00:00Z') });
  for (const from of [null, { ...fix, entry: null }])
    expect(violationsOf(contentReply(far, { from })).map(({ rule }) => rule)).not.toContain('channel/measure-longest');
  const bound = withEntry(fix, law);
  expect(violationsOf(contentReply(far, { from: bound, exchange: null })).map(({ rule }) => rule)).toContain('channel/measure-longest');
});
