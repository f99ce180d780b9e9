/** A day that was named for some parts of a request waits for these alone (decisions/0013). */
import { expect, it } from 'vitest';
import { moveClocks, type ClockContext } from '../../domain/clocks.js';
import { PROFILES } from '../../domain/profiles/index.js';
import { onDay } from './clock-context.js';

const said = (about: readonly string[], owed: readonly string[], statedDay: string): ClockContext =>
  onDay('2026-03-02', { profile: PROFILES.LE_ART48, exchangeType: 'LE_REQUEST', statedDay, about, owed });
const POSTPONE = { step: 'POSTPONE' } as const;
const reviews = (clocks: ReturnType<typeof moveClocks>) =>
  clocks.flatMap(({ code, parts, metAt }) => (code === 'REVIEW_DATE' ? [[parts, metAt === null ? 'runs' : 'met']] : []));

it('a word on one of them leaves the others waiting, and one on all that are left meets it', () => {
  const both = moveClocks([], POSTPONE, said(['a', 'b'], ['a', 'b'], '2026-06-01'));
  expect(reviews(both)).toEqual([[['a', 'b'], 'runs']]);
  const first = moveClocks(both, POSTPONE, said(['a'], ['a', 'b'], '2026-07-01'));
  expect(reviews(first)).toEqual([
    [['b'], 'runs'],
    [['a'], 'runs'],
  ]);
  expect(reviews(moveClocks(first, POSTPONE, said(['b'], ['a', 'b'], '2026-08-01')))).toEqual([
    [['b'], 'met'],
    [['a'], 'runs'],
    [['b'], 'runs'],
  ]);
});

it('a time that the profile counts is that of the whole, and so is a day that was named for no part', () => {
  const arrived = moveClocks([], { step: 'DELIVERY_RECEIPT', clock: 'START' }, onDay('2026-03-02', { about: ['a'], owed: ['a'] }));
  expect(arrived.length).toBeGreaterThan(0);
  for (const clock of arrived) expect(clock).not.toHaveProperty('parts');
  expect(moveClocks([], POSTPONE, said([], [], '2026-06-01')).find(({ code }) => code === 'REVIEW_DATE')).not.toHaveProperty('parts');
});

it('what is owed no more is waited for no more, whatever was said', () => {
  const both = moveClocks([], POSTPONE, said(['a', 'b'], ['a', 'b'], '2026-06-01'));
  expect(reviews(moveClocks(both, { step: 'FEEDBACK' }, said([], ['b'], '')))).toEqual([[['b'], 'runs']]);
  expect(reviews(moveClocks(both, { step: 'FEEDBACK' }, said([], [], '')))).toEqual([[['a', 'b'], 'met']]);
});
