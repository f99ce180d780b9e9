/** What a notice of delay does to a date: it carries one that runs, where the law lets it, and excuses none that was missed. */
import { describe, expect, it } from 'vitest';
import { moveClocks, overdue, type ClockContext } from '../../domain/clocks.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { ProfileClock } from '../../domain/profiles/profile.js';
import { instantFromMs } from '../../domain/time.js';
import type { DelayCode } from '../../domain/vocabulary.js';
import { instant } from '../support/ids.js';
import { ZONE, clockContext as context, dueLocal } from './clock-context.js';

const start = (profile: ClockContext['profile'], over: Partial<ClockContext> = {}) =>
  moveClocks([], { step: 'DELIVERY_RECEIPT', clock: 'START' }, context({ profile, ...over }));

describe('a notice of delay', () => {
  it('carries no date that has passed: what was missed stays missed', () => {
    const row: ProfileClock = {
      code: 'X',
      kind: 'FINAL',
      on: ['FIU_REQUEST'],
      amount: 5,
      unit: 'BUSINESS_DAYS',
      source: '[D]',
      binding: 'law',
    };
    const profile = { clocks: [{ ...row, extension: { code: 'X10', amount: 10 } }], suspendsOnClarification: true };
    const clocks = start(profile);
    const { due } = clocks[0]!;
    const saidAt = (now: number) =>
      moveClocks(clocks, { step: 'DELAY_NOTICE' }, context({ profile, now: instantFromMs(now), statedDay: '2026-03-16' }));
    expect(saidAt(due)[0]!.code).toBe('X10');
    expect(saidAt(due + 1)[0]).toEqual(clocks[0]);
    expect(overdue(saidAt(due + 1), instantFromMs(due + 1)).map(({ code }) => code)).toEqual(['X']);
  });

  it('gives way to a court’s authorisation where the law lets it, from notice to notice', () => {
    const { LE_ART48: profile } = PROFILES;
    const asked = { profile, exchangeType: 'LE_REQUEST', askedAs: 'SPOC', urgency: 'URGENT' } as const;
    const clocks = start(profile, asked);
    const said = (known: typeof clocks, n: number, delayedFor: DelayCode, statedDay: string | null) =>
      moveClocks(
        known,
        { step: 'DELAY_NOTICE' },
        context({ ...asked, version: n, now: instant(`2026-03-0${n}T10:30:00Z`), delayedFor, statedDay }),
      );
    const spoc = (known: typeof clocks) =>
      known.flatMap(({ code, due }) => (code.startsWith('SPOC_') ? [[code, dueLocal({ due }, ZONE)]] : []));
    expect(spoc(clocks)).toEqual([
      ['SPOC_8H', '2026-03-02'],
      ['SPOC_3CD', '2026-03-05'],
    ]);
    expect(spoc(said(clocks, 2, 'WORKLOAD', '2026-03-09'))).toEqual(spoc(clocks));
    const waiting = said(clocks, 2, 'AWAITING_JUDICIAL_AUTHORISATION', '2026-03-09');
    expect(spoc(waiting).map(([, due]) => due)).toEqual(['2026-03-09', '2026-03-09']);
    expect(spoc(said(waiting, 8, 'AWAITING_JUDICIAL_AUTHORISATION', '2026-03-12')).map(([, due]) => due)).toEqual([
      '2026-03-12',
      '2026-03-12',
    ]);
    expect(spoc(said(clocks, 2, 'AWAITING_JUDICIAL_AUTHORISATION', null))).toEqual(spoc(clocks));
  });
});
