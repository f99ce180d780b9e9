import { expect, it } from 'vitest';
import type { AuthorityId, Digest, ExchangeId } from '../../domain/ids.js';
import { destroyAlarms, endedAlarms, exchangeAlarm, itemAlarm, parseRetentionKey } from '../../domain/retention-alarms.js';
import { REMIND_MS, RETENTION, yearsAfter } from '../../domain/retention.js';
import { instantFromMs, plusMs } from '../../domain/time.js';

const NOW = instantFromMs(1_767_603_600_000);
const ITEM = 'A'.repeat(43) as Digest;
const ID = '00000000-0000-4000-8000-000000000001' as ExchangeId;
const A = 'VG-FIX' as AuthorityId;

it('has a key that says what it is about, and for each who is told one of their own', () => {
  const item = { stage: 'LAPSE', item: ITEM, end: NOW, round: 3 } as const;
  const exchange = { stage: 'DELETE', exchange: ID, version: 12 } as const;
  const rows = [itemAlarm(item, NOW), itemAlarm(item, NOW, A), exchangeAlarm(exchange, NOW), exchangeAlarm(exchange, NOW, A)];
  expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
  expect(rows.map(({ addressee }) => addressee)).toEqual([null, A, null, A]);
  expect(rows.map(({ exchange: about }) => about)).toEqual([null, null, ID, ID]);
  expect(rows.map(({ key }) => parseRetentionKey(key)).map((parsed) => parsed.ok && parsed.value)).toEqual([
    item,
    item,
    exchange,
    exchange,
  ]);
  expect([parseRetentionKey('clock x'), parseRetentionKey(`retention REVIEW ${'0'.repeat(36)} 1`)].map(({ ok }) => ok)).toEqual([
    false,
    false,
  ]);
});

it('reads whatever it wrote, of a day before 1970 too', () => {
  const item = { stage: 'DESTROY', item: ITEM, end: instantFromMs(-1), round: 0 } as const;
  expect(parseRetentionKey(itemAlarm(item, NOW).key)).toEqual({ ok: true, value: item });
});

it('reminds before the label’s day and comes on it; without a day never', () => {
  expect(destroyAlarms(ITEM, null)).toEqual([]);
  expect(destroyAlarms(ITEM, NOW).map(({ kind, due }) => [kind, due])).toEqual([
    ['retention', plusMs(NOW, -REMIND_MS)],
    ['retention', NOW],
  ]);
});

it('brings what has ended to a review, then to its deletion; what goes on to neither', () => {
  const closed = { id: ID, type: 'FIU_REQUEST', state: 'CLOSED', profile: 'EGMONT_FIU', version: 4 } as const;
  expect(endedAlarms({ ...closed, state: 'DELIVERED' }, RETENTION, NOW)).toEqual([]);
  expect(endedAlarms(closed, RETENTION, NOW).map(({ key, due }) => [key.split(' ')[1], due])).toEqual([
    ['REVIEW', yearsAfter(NOW, 1)],
    ['DELETE', yearsAfter(NOW, 5)],
  ]);
});
