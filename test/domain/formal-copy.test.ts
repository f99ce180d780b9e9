/** What was asked between bureaux because it was urgent is followed by the formal copy (46(13), 46(14)). */
import { describe, expect, it } from 'vitest';
import { moveClocks, type ClockContext } from '../../domain/clocks.js';
import { PROFILES } from '../../domain/profiles/index.js';
import type { Step } from '../../domain/machine.js';
import { saidIn } from '../../gateway/cases/exchanges.js';
import { answer } from '../support/facts.js';
import { digest } from '../support/ids.js';
import { onDay } from './clock-context.js';

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

  it('is met by a leg in writing outside this gateway, and by no call', () => {
    expect(metAfter('EXTERNAL_LEG')).toBe(at(3).now);
    expect(metAfter('EXTERNAL_LEG', { spoken: true })).toBeNull();
  });

  it('is not what was said by word of mouth', () => {
    const leg = (means: string) => saidIn({ digest: digest('leg'), payload: answer('EXTERNAL_LEG', { means } as never) } as never).spoken;
    expect((['TELEPHONE', 'IN_PERSON', 'PAPER', 'OTHER_NETWORK'] as const).map(leg)).toEqual([true, true, undefined, undefined]);
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
