import { describe, expect, it } from 'vitest';
import { STANDING_CLOCKS } from '../../domain/calendar/second-stage.js';
import { MACHINES } from '../../domain/machines/index.js';
import { PROFILES } from '../../domain/profiles/index.js';
import { CLOCKS_TO_REOPEN_MAX, REPEATED, SAME_STEP_MAX, tooOften } from '../../domain/repeated.js';
import type { Step } from '../../domain/machine.js';
import { CLOCKS_MAX } from '../../domain/wire/http-answers.js';

const many = <T>(length: number, one: T): T[] => Array.from({ length }, () => one);
const said = (over: object = {}) =>
  ({ clocks: [], agreements: [], consultations: [], ...over }) as unknown as Parameters<typeof tooOften>[0];
const startedBy = (step: Step, length: number) => said({ clocks: many(length, { startedBy: step }) });

describe('what starts a clock', () => {
  it.each(REPEATED)('may be said so often and no more: %s', (step) => {
    expect(tooOften(startedBy(step, SAME_STEP_MAX - 1), step)).toBe(false);
    expect(tooOften(startedBy(step, SAME_STEP_MAX), step)).toBe(true);
    expect(tooOften(startedBy('SUBMIT', CLOCKS_TO_REOPEN_MAX - 1), step)).toBe(false);
  });

  it('and is no end, no proposal and no consultation, is told by its own clocks alone', () => {
    expect(tooOften(startedBy('FINAL_REPLY', CLOCKS_TO_REOPEN_MAX), 'FINAL_REPLY')).toBe(false);
    const talks = said({ agreements: many(SAME_STEP_MAX, {}), consultations: many(SAME_STEP_MAX, {}) });
    expect(REPEATED.filter((step) => tooOften(talks, step))).toEqual(['PRE_REFUSAL_CONSULTATION', 'CONDITIONS_PROPOSED']);
  });

  it('is not begun again where there are too many of all', () => {
    const full = startedBy('SUBMIT', CLOCKS_TO_REOPEN_MAX);
    expect(REPEATED.filter((step) => tooOften(full, step))).toEqual(['REOPEN']);
  });
});

it('on no profile has an exchange more clocks than a client reads', () => {
  const kinds = Object.values(PROFILES).flatMap(({ exchangeTypes, ...profile }) => exchangeTypes.map((type) => ({ ...profile, type })));
  for (const { id, clocks, type } of kinds) {
    const rows = [...clocks, ...STANDING_CLOCKS].filter(({ on }) => on.includes(type));
    const steps = MACHINES[type].table.map(({ step }) => step);
    // one more row of each than the last that was let in
    const byOne = (step: Step) => SAME_STEP_MAX - 1 + rows.filter(({ starts }) => starts?.includes(step)).length;
    const later = REPEATED.filter((step) => step !== 'REOPEN' && steps.includes(step)).map(byOne);
    // reopened once more from below the limit, and answered
    // each time that it could not be read, what was met since its receipt stays, and its other clocks begin again
    const received = SAME_STEP_MAX * rows.filter(({ kind }) => kind === 'ACK').length;
    const all = CLOCKS_TO_REOPEN_MAX + 2 * rows.length + received + later.reduce((sum, one) => sum + one, 0);
    expect([id, type, all <= CLOCKS_MAX]).toEqual([id, type, true]);
  }
});
