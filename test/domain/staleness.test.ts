import { describe, expect, it } from 'vitest';
import { confirmedAt, CONFIRMED_EVERY_DAYS, isStale, staleFrom } from '../../domain/staleness.js';
import { DAY_MS, plusMs } from '../../domain/time.js';
import { LATER, LONG_AGO, NOW } from '../support/facts.js';

describe('an entry', () => {
  it('is stale twelve months after somebody confirmed it, to the millisecond', () => {
    const end = plusMs(LONG_AGO, CONFIRMED_EVERY_DAYS * DAY_MS);
    expect(staleFrom({ at: LONG_AGO })).toBe(end);
    expect(isStale({ at: LONG_AGO }, plusMs(end, -1))).toBe(false);
    expect(isStale({ at: LONG_AGO }, end)).toBe(true);
  });

  it('is not made fresh by a turned key: the day of the confirmation counts, not that of the signature', () => {
    expect(confirmedAt({ at: NOW, lastConfirmedAt: LONG_AGO })).toBe(LONG_AGO);
    expect(isStale({ at: LATER, lastConfirmedAt: LONG_AGO }, LATER)).toBe(true);
    expect(isStale({ at: LONG_AGO, lastConfirmedAt: NOW }, LATER)).toBe(false);
  });
});
