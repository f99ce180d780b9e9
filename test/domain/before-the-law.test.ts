import { expect, it } from 'vitest';
import { groundsOf } from '../../domain/before-the-law.js';
import { possibleSteps } from '../../domain/exchange.js';
import { MACHINES } from '../../domain/machines/index.js';
import { REFUSAL_CODES, type RefusalCode } from '../../domain/refusal.js';

it('says of every refusal before the law which rule it keeps, from which source, and what to do next', () => {
  const codes = (Object.keys(REFUSAL_CODES) as RefusalCode[]).filter((code) => code !== 'POLICY');
  for (const code of codes) {
    const grounds = groundsOf(code)!;
    expect(grounds.rule).toMatch(/^before\/[a-z-]+$/);
    expect([grounds.source.length > 3, grounds.next.length > 10]).toEqual([true, true]);
  }
  expect(new Set(codes.map((code) => groundsOf(code)?.rule)).size).toBe(codes.length);
  expect(groundsOf('POLICY')).toBeNull();
});

it('names who has the role that lacks, and the command by which it is granted', () => {
  expect(groundsOf('ROLE_REQUIRED')?.next).toMatch(/parley officer list.*parley officer admit/);
});

it('leaves room in an answer for every step that any state of any exchange allows', () => {
  for (const [type, { states }] of Object.entries(MACHINES))
    for (const state of states) {
      const steps = (['R', 'Q', 'S'] as const).flatMap((actor) => possibleSteps(type as keyof typeof MACHINES, state, actor));
      expect(steps.join(', ').length).toBeLessThan(850);
    }
});
