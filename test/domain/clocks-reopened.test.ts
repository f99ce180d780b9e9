/** The clocks of an exchange that is opened again after its answer. */
import { expect, it } from 'vitest';
import { moveClocks } from '../../domain/clocks.js';
import { instant } from '../support/ids.js';
import { ZONE, onDay as on, dueLocal } from './clock-context.js';

const ARRIVES = { step: 'DELIVERY_RECEIPT', clock: 'START' } as const;
const ANSWERS = { step: 'FINAL_REPLY', clock: 'MET' } as const;
const REOPENS = { step: 'REOPEN', clock: 'ANEW' } as const;

it('run anew for the answer from then on, and not for what was received long ago', () => {
  const answered = moveClocks(moveClocks([], ARRIVES, on('2026-03-02')), ANSWERS, on('2026-03-09'));
  const reopened = moveClocks(answered, REOPENS, on('2026-03-11'));
  const running = reopened.filter(({ metAt }) => metAt === null);
  expect(running.map(({ code, startedBy }) => [code, startedBy])).toEqual([['BVI_21D', 'REOPEN']]);
  expect(dueLocal(running[0]!, ZONE)).toBe('2026-04-01');
  const again = moveClocks(reopened, ANSWERS, on('2026-03-12'));
  expect(again.filter(({ metAt }) => metAt === null).map(({ code }) => code)).toEqual(['SILENCE_30CD']);
  const met = again.filter(({ code }) => code === 'BVI_21D').map(({ metAt }) => metAt);
  expect(met).toEqual([on('2026-03-09').now, on('2026-03-12').now]);
});

it('run by the day that who asked named, so long as it lies ahead', () => {
  const profile = { clocks: [], suspendsOnClarification: true };
  const codes = (deadline: string | null) =>
    moveClocks([], REOPENS, on('2026-03-11', { profile, deadline: deadline === null ? null : instant(deadline) })).map(({ code }) => code);
  expect(codes('2026-03-20T12:00:00Z')).toEqual(['ASKED_FOR_DATE']);
  expect(codes('2026-03-11T14:00:00Z')).toEqual([]);
  expect(codes(null)).toEqual([]);
});
