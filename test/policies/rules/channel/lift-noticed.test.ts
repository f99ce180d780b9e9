/** Before a provisional measure is lifted, who asked for it may say why it should not be (55(8)). */
import { expect, it } from 'vitest';
import { moveClocks } from '../../../../domain/clocks.js';
import { DAY_MS, plusMs, type Instant } from '../../../../domain/time.js';
import { clockContext } from '../../../domain/clock-context.js';
import { violationsOf } from '../../../support/decision.js';
import { answer, contentReply, exchange } from '../../../support/facts.js';
import { instant } from '../../../support/ids.js';

const NOTICED = instant('2026-03-02T10:00:00Z');
const at = (now: Instant) => clockContext({ now, exchangeType: 'FORMAL_MLA_REQUEST' });
const noticed = moveClocks([], { step: 'PROVISIONAL_MEASURE_LIFT_NOTICE' }, at(NOTICED));

function lifted(clocks: typeof noticed, now: Instant, body: object = {}, type: object = { exchangeType: 'FORMAL_MLA_REQUEST' }) {
  const facts = contentReply({ ...answer('MEASURE_LIFTED', body), ...type }, { now, exchange: { ...exchange, clocks } });
  return violationsOf(facts).filter(({ rule }) => rule === 'channel/lift-noticed');
}

it('starts a window, in which the one that asked for it is heard', () => {
  expect(noticed).toMatchObject([{ code: 'LIFT_REASONS_10BD', owes: 'R', lapses: false, metAt: null }]);
  expect(lifted(noticed, plusMs(NOTICED, DAY_MS))).toMatchObject([
    {
      code: 'REFUSAL_WITHOUT_CONSULTATION',
      sentence: expect.stringContaining('it was told and may answer until 2026-03-17T03:59:59.999Z') as string,
      remedy: { action: 'complete-field', fields: ['body.withoutNotice'] },
    },
  ]);
});

it('may be lifted once reasons were given, or none came in time', () => {
  const heard = moveClocks(noticed, { step: 'MEASURE_REASONS' }, at(plusMs(NOTICED, DAY_MS)));
  expect(lifted(heard, plusMs(NOTICED, 2 * DAY_MS))).toEqual([]);
  expect(lifted(noticed, plusMs(NOTICED, 20 * DAY_MS))).toEqual([]);
});

it('has a notice of its own each time, whether the last one was answered or not', () => {
  const later = plusMs(NOTICED, 20 * DAY_MS);
  const heard = moveClocks(noticed, { step: 'MEASURE_REASONS' }, at(plusMs(NOTICED, DAY_MS)));
  for (const clocks of [noticed, heard]) {
    const spent = moveClocks(clocks, { step: 'MEASURE_LIFTED' }, at(later));
    expect(lifted(spent, later)[0]!.sentence).toContain('what it was told of has been lifted');
    const anew = moveClocks(spent, { step: 'PROVISIONAL_MEASURE_LIFT_NOTICE' }, at(later));
    expect(lifted(anew, plusMs(later, 20 * DAY_MS))).toEqual([]);
  }
});

it('ends no wait by a date that is provisional', () => {
  const provisional = noticed.map((clock) => ({ ...clock, provisional: true }));
  expect(lifted(provisional, plusMs(NOTICED, 20 * DAY_MS))[0]!.sentence).toMatch(/it was told and may answer\.$/);
});

it('may be lifted unheard only where it is said why', () => {
  expect(lifted([], NOTICED)[0]!.sentence).toContain('nobody told it');
  expect(lifted([], NOTICED, { withoutNotice: 'ORDERED_AT_ONCE' })).toEqual([]);
});

it('is no matter of a measure for a fixed time, which ends by itself', () => {
  expect(lifted([], NOTICED, {}, { exchangeType: 'POSTPONEMENT_REQUEST' })).toEqual([]);
});
