import { describe, expect, it } from 'vitest';
import { concerns, covers, endedAt, inForce, inScope, type Act } from '../../domain/consent.js';
import { EFCX, FIA, FIX, grant, LATER, LONG_AGO, NOW, PROS } from '../support/facts.js';
import { digest, instant } from '../support/ids.js';

const act = (over: Partial<Act> = {}): Act => ({
  holder: FIA,
  to: EFCX,
  toType: 'LAW_ENFORCEMENT',
  purpose: 'INVESTIGATION',
  item: digest('item'),
  disclosed: null,
  suite: 'age-pq-1',
  ...over,
});

describe('a grant', () => {
  it('covers the act that it names', () => {
    expect(inScope(grant(), act())).toBe(true);
    expect(inScope(grant(), act({ suite: null }))).toBe(true);
    expect(covers(grant(), act(), NOW)).toBe(true);
  });

  it.each([
    ['another holder', act({ holder: PROS })],
    ['another recipient', act({ to: PROS })],
    ['the recipient as another type', act({ toType: 'CUSTOMS' })],
    ['another purpose', act({ purpose: 'TAX' })],
    ['another item', act({ item: digest('other') })],
    ['a suite that it does not name', act({ suite: 'openpgp-4' })],
  ])('does not cover %s', (_, other) => {
    expect(inScope(grant(), other)).toBe(false);
    expect(covers(grant(), other, NOW)).toBe(false);
  });

  it('of some fields covers these and fewer, and not the whole', () => {
    const fields = [digest('a'), digest('b')];
    expect(inScope(grant({ fields }), act({ disclosed: [digest('a')] }))).toBe(true);
    expect(inScope(grant({ fields }), act({ disclosed: [digest('a'), digest('c')] }))).toBe(false);
    expect(inScope(grant({ fields }), act())).toBe(false);
  });

  it('is in force from its first instant to the one before its end, unless revoked', () => {
    expect(inForce(grant({ from: NOW }), NOW)).toBe(true);
    expect(inForce(grant({ from: LATER }), NOW)).toBe(false);
    expect(inForce(grant({ until: NOW }), NOW)).toBe(false);
    expect(inForce(grant({ until: instant('2026-03-02T10:00:00.001Z') }), NOW)).toBe(true);
    expect(inForce(grant({ revokedAt: LONG_AGO }), NOW)).toBe(false);
    expect(covers(grant({ until: NOW }), act(), NOW)).toBe(false);
  });

  it('ended when it was revoked, else at its end, else not at all', () => {
    expect(endedAt(grant({ revokedAt: LONG_AGO }), NOW)).toBe(LONG_AGO);
    expect(endedAt(grant({ revokedAt: LONG_AGO, until: NOW }), NOW)).toBe(LONG_AGO);
    expect(endedAt(grant({ until: NOW }), NOW)).toBe(NOW);
    expect(endedAt(grant(), NOW)).toBeNull();
  });
});

it('is of whoever gave it, has it or is named in it, and of nobody else', () => {
  expect([FIX, FIA, EFCX, PROS].filter((who) => concerns(grant(), who))).toEqual([FIX, FIA, EFCX]);
});
