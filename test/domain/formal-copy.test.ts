/** What was asked between bureaux because it was urgent is followed by the formal copy (46(13), 46(14)). */
import { describe, expect, it } from 'vitest';
import { moveClocks, type ClockContext } from '../../domain/clocks.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { Step } from '../../domain/machine.js';
import { createDirectory } from '../../domain/authority.js';
import { advanceExchange } from '../../gateway/cases/advance.js';
import { stepBy } from '../../domain/exchange-step.js';
import { saidIn } from '../../domain/said.js';
import { readExchange } from '../../gateway/cases/exchanges.js';
import { testCalendars } from '../support/calendars.js';
import { answer } from '../support/facts.js';
import { digest } from '../support/ids.js';
import { onDay } from './clock-context.js';
import { open, setStage, settle } from './machines/stage.js';

const base = { profile: PROFILES.FORMAL_MLA, exchangeType: 'FORMAL_MLA_REQUEST', askedAs: 'INTERPOL_NCB', urgency: 'URGENT' } as const;
const at = (day: number, over: Partial<ClockContext> = {}) => onDay(`2026-03-${String(day).padStart(2, '0')}`, { ...base, ...over });
const copyIn = (clocks: ReturnType<typeof moveClocks>) => clocks.find(({ code }) => code === 'FORMAL_COPY_DUE');
const received = (over: Partial<ClockContext> = {}) => moveClocks([], { step: 'DELIVERY_RECEIPT', clock: 'START' }, at(2, over));
const metAfter = (step: Step, over: Partial<ClockContext> = {}) => copyIn(moveClocks(received(), { step }, at(3, over)))?.metAt;

describe('the formal copy', () => {
  it('is owed by who asked, by a date of our own, where bureaux carry the request', () => {
    expect(copyIn(received())).toMatchObject({ owes: 'R', binding: 'internal target', metAt: null });
    expect(copyIn(received({ askedAs: 'CENTRAL_AUTHORITY_MLA' }))).toBeUndefined();
  });

  it('is met by a copy outside this gateway, and by no other leg', () => {
    expect(metAfter('EXTERNAL_LEG')).toBe(at(3).now);
    expect(metAfter('EXTERNAL_LEG', { isNoCopy: true })).toBeNull();
  });

  it.each([
    ['R', 'PAPER', 'SENT', true],
    ['Q', 'PAPER', 'RECEIVED', true],
    ['R', 'OTHER_NETWORK', 'SENT', true],
    ['R', 'PAPER', 'RECEIVED', false],
    ['Q', 'PAPER', 'SENT', false],
    ['R', 'TELEPHONE', 'SENT', false],
    ['Q', 'IN_PERSON', 'RECEIVED', false],
  ] as const)('goes in writing from who asked: told by %s, %s, %s: %s', async (who, means, direction, isCopy) => {
    const stage = await setStage('FORMAL_MLA_REQUEST', 35);
    const run = await open(stage);
    await settle(stage);
    const before = (await readExchange(run.exchange, stage.gateway.store))!;
    const payload = { ...answer('EXTERNAL_LEG', { means, direction } as never), from: stage[who].id };
    const step = stepBy(before, 'EXTERNAL_LEG', stage[who].id, saidIn({ digest: digest('leg'), payload } as never))!;
    const world = { calendars: testCalendars(), directory: createDirectory(1, [], [], []) };
    const owed = moveClocks([], { step: 'DELIVERY_RECEIPT', clock: 'START' }, at(2));
    const after = advanceExchange({ ...step, current: { ...before, clocks: owed } }, digest('leg'), world, at(3).now);
    expect(after.ok && copyIn(after.value.clocks)?.metAt).toBe(isCopy ? at(3).now : null);
  });

  it('is owed once: what is reopened was asked formally before', () => {
    const reopened = moveClocks([], { step: 'REOPEN', clock: 'ANEW' }, at(9));
    expect(copyIn(reopened)).toBeUndefined();
  });

  it('is owed no more once the request is withdrawn or closed, and is not met by an answer', () => {
    const ends = (step: Step) => copyIn(moveClocks(received(), { step, clock: 'MET' }, at(3)))?.metAt;
    for (const step of ['NO_LONGER_REQUIRED', 'CLOSE'] as const) expect(ends(step)).toBe(at(3).now);
    expect(copyIn(moveClocks(received(), { step: 'FINAL_REPLY', clock: 'MET' }, at(3)))?.metAt).toBeNull();
  });
});
