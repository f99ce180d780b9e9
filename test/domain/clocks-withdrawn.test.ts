/** The clocks of an exchange that who asked withdraws: nobody met what nobody did. */
import { expect, it } from 'vitest';
import { explainClock } from '../../domain/calendar/explain.js';
import { moveClocks } from '../../domain/clocks.js';
import type { RunningClock } from '../../domain/exchange.js';
import { PROFILES } from '../../domain/profiles/index.js';
import { onDay as on } from './clock-context.js';

const ARRIVES = { step: 'DELIVERY_RECEIPT', clock: 'START' } as const;
const WITHDRAWS = { step: 'NO_LONGER_REQUIRED', clock: 'MET' } as const;

it('end by the withdrawal, and are not met by an authority that never acknowledged', () => {
  const context = on('2026-03-03');
  const ended = moveClocks(moveClocks([], ARRIVES, on('2026-03-02')), WITHDRAWS, context).filter(({ kind }) => kind !== 'SILENCE');
  expect(ended.map(({ kind, metAt, endedBy }) => [kind, metAt, endedBy])).toEqual(
    ['ACK', 'FINAL'].map((kind) => [kind, context.now, 'NO_LONGER_REQUIRED']),
  );
  expect(explainClock(ended[0]!, context.calendar, context.now).endedBy).toBe('NO_LONGER_REQUIRED');
});

it('stay met where they were met before', () => {
  const context = on('2026-03-03');
  const acknowledged = moveClocks(moveClocks([], ARRIVES, on('2026-03-02')), { step: 'ACKNOWLEDGE', clock: 'ACK' }, context);
  const ended = moveClocks(acknowledged, WITHDRAWS, on('2026-03-04'));
  expect(ended.filter(({ kind }) => kind === 'ACK').map(({ metAt, endedBy }) => [metAt, endedBy])).toEqual([[context.now, undefined]]);
});

it('are met where who asked owed an answer itself, and gives it by withdrawing', () => {
  const asked = moveClocks([], { step: 'CLARIFICATION_REQUEST', clock: 'SUSPEND' }, on('2026-03-02'));
  const ended = moveClocks(asked, WITHDRAWS, on('2026-03-03')).filter(({ owes, kind }) => owes === 'R' && kind === 'CLARIFICATION');
  expect(ended.map(({ metAt, endedBy }) => [metAt === null, endedBy])).toEqual([[false, undefined]]);
});

it('run on where one part of several is withdrawn, whatever waits for a withdrawal', () => {
  const asked = moveClocks([], { step: 'CLARIFICATION_REQUEST', clock: 'SUSPEND' }, on('2026-03-02'));
  const between = { profile: PROFILES.FORMAL_MLA, exchangeType: 'FORMAL_MLA_REQUEST', askedAs: 'INTERPOL_NCB' } as const;
  const copy = moveClocks([], ARRIVES, on('2026-03-02', between)).filter(({ code }) => code === 'FORMAL_COPY_DUE');
  const waiting = [...asked, ...copy];
  const isMet = (clocks: readonly RunningClock[]) => clocks.map(({ code, metAt }) => [code, metAt !== null]);
  const [CLARIFIES, COPIES] = ['CLARIFICATION_10BD', 'FORMAL_COPY_DUE'];
  const inPart = moveClocks(waiting, { step: 'NO_LONGER_REQUIRED' }, on('2026-03-03'));
  expect(isMet(inPart)).toEqual([CLARIFIES, COPIES].map((code) => [code, false]));
  const whole = moveClocks(waiting, WITHDRAWS, on('2026-03-03')).slice(0, 2);
  expect(isMet(whole)).toEqual([CLARIFIES, COPIES].map((code) => [code, true]));
});
