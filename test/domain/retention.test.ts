import { describe, expect, it } from 'vitest';
import { obstaclesOf, RETENTION, retentionOf, standingHolds, yearsAfter, type Hold } from '../../domain/retention.js';
import { formatInstant, parseInstant, type Instant } from '../../domain/time.js';
import type { AuthorityId } from '../../domain/ids.js';

const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};
const NOW = at('2026-01-05T09:00:00.000Z');
const [A, B] = ['VG-FIX', 'QZ-FIU'] as [AuthorityId, AuthorityId];
const hold = (over: Partial<Hold> = {}): Hold => ({ holder: A, code: 'LEGAL_HOLD', until: null, logIndex: 7, ...over });

describe('years', () => {
  it('are those of domain.md 9.3 where nobody says otherwise, and a network’s own limit beats them', () => {
    expect(RETENTION).toEqual({ reviewYears: 1, deleteYears: 5, auditYearsMax: 10, auditYearsAfterErasure: 5 });
    expect(retentionOf('EGMONT_FIU', RETENTION)).toEqual(RETENTION);
    expect(retentionOf('INTERPOL', { ...RETENTION, deleteYears: 8, reviewYears: 6 })).toMatchObject({ deleteYears: 5, reviewYears: 5 });
  });

  it('end at the same time of the same day, of a 29 February a day later', () => {
    expect(formatInstant(yearsAfter(NOW, 5))).toBe('2031-01-05T09:00:00.000Z');
    expect(formatInstant(yearsAfter(at('2028-02-29T10:00:00.000Z'), 1))).toBe('2029-03-01T10:00:00.000Z');
    expect(formatInstant(yearsAfter(at('2028-02-29T10:00:00.000Z'), 4))).toBe('2032-02-29T10:00:00.000Z');
  });
});

describe('a hold', () => {
  it('stands until its holder ends it, its time is over, or its holder has deleted the item', () => {
    expect(standingHolds([hold()], new Map(), NOW)).toEqual([hold()]);
    expect(standingHolds([hold(), hold({ logIndex: 9, until: NOW })], new Map(), NOW)).toEqual([]);
    expect(standingHolds([hold({ until: yearsAfter(NOW, 1) })], new Map(), NOW)).toHaveLength(1);
    expect(standingHolds([hold(), hold({ holder: B })], new Map([[A, 8]]), NOW)).toEqual([hold({ holder: B })]);
    expect(standingHolds([hold()], new Map([[A, 6]]), NOW)).toHaveLength(1);
  });

  it('stands in the way of every timer, as does what is unread, open, or still another reader’s', () => {
    const free = { holds: [], isUnread: false, isInUse: false, hasOpenDeadline: false, isReleased: false };
    expect(obstaclesOf(free)).toEqual([]);
    const all = { holds: [hold(), hold({ holder: B })], isUnread: true, isInUse: true, hasOpenDeadline: true, isReleased: true };
    expect(obstaclesOf(all)).toEqual(['LEGAL_HOLD', 'UNREAD', 'OPEN_EXCHANGE', 'OPEN_DEADLINE', 'RELEASED']);
  });
});
