import { describe, expect, it } from 'vitest';
import { readingOpening } from '../../../domain/wire/audit.js';

const whole = { report: 'WHO_SAW', purpose: 'LAWFULNESS', from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };

describe('what a reading of the log says of itself', () => {
  it('is a report that exists, for a purpose that a log may serve', () => {
    expect(readingOpening.safeParse(whole).success).toBe(true);
    expect(readingOpening.safeParse({ report: 'EVENTS', purpose: 'STATISTICS' }).success).toBe(true);
    expect(readingOpening.safeParse({ ...whole, report: 'EVERYTHING' }).success).toBe(false);
    expect(readingOpening.safeParse({ ...whole, purpose: 'CURIOSITY' }).success).toBe(false);
    expect(readingOpening.safeParse({ ...whole, note: 'about a person' }).success).toBe(false);
  });

  it('names a time that ends after it begins', () => {
    expect(readingOpening.safeParse({ ...whole, to: whole.from }).success).toBe(false);
    expect(readingOpening.safeParse({ ...whole, from: undefined }).success).toBe(true);
    expect(readingOpening.safeParse({ ...whole, to: undefined }).success).toBe(true);
  });

  it('of evidence names its exchange and no time; no other names an exchange', () => {
    const exchange = '00000000-0000-4000-8000-000000000000';
    const evidence = { report: 'EVIDENCE', purpose: 'LAWFULNESS' };
    const [from, to] = [whole.from, whole.to];
    expect(readingOpening.safeParse({ ...evidence, exchange }).success).toBe(true);
    for (const bad of [
      evidence,
      { ...whole, exchange },
      ...[{ from }, { to }, { from, to }].map((span) => ({ ...evidence, exchange, ...span })),
    ])
      expect(readingOpening.safeParse(bad).success).toBe(false);
  });
});
