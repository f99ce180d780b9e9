import { describe, expect, it } from 'vitest';
import { advance } from '../../domain/exchange.js';
import type { PartState, Transition } from '../../domain/machine.js';
import { MACHINES } from '../../domain/machines/index.js';
import { partsAmiss, partsMeant, settle, stateAfter, takenAs, type Part } from '../../domain/parts.js';

const part = (id: string, state: PartState = 'OPEN'): Part => ({
  id,
  assistanceType: 'COMPANY_RECORDS',
  coercive: false,
  state,
  expected: null,
});
const row = (
  state: string,
  step: Parameters<typeof advance>[2],
  actor: 'R' | 'Q' = 'Q',
  type: 'FIU_REQUEST' | 'FORMAL_MLA_REQUEST' = 'FIU_REQUEST',
) => {
  const found = advance(type, state, step, actor);
  if (!found.ok) throw new Error(`${step} does not follow ${state}`);
  return found.value;
};
const after = (
  taken: Transition,
  state: string,
  parts: readonly Part[],
  named?: readonly string[],
  type: 'FIU_REQUEST' | 'FORMAL_MLA_REQUEST' = 'FIU_REQUEST',
) => stateAfter(taken, state, MACHINES[type], settle(parts, named, taken, null));

describe('the parts that a message means', () => {
  const [a, b, c] = [part('a'), part('b', 'POSTPONED'), part('c', 'ANSWERED')];
  it('are those it names, else all that are owed, else all', () => {
    expect(partsMeant([a, b, c], ['c', 'x'])).toEqual([c]);
    expect(partsMeant([a, b, c], undefined)).toEqual([a, b]);
    expect(partsMeant([c], undefined)).toEqual([c]);
  });

  it('are amiss where there are none such, or where they are settled, unless the step opens them again', () => {
    const [refuse, reopen, partial] = [row('IN_PROGRESS', 'REFUSE'), row('CLOSED', 'REOPEN', 'R'), row('IN_PROGRESS', 'PARTIAL_REPLY')];
    expect(partsAmiss([a, b, c], ['a', 'b', 'c', 'x'], refuse)).toEqual(['c', 'x']);
    expect(partsAmiss([a, b, c], ['c', 'x'], reopen)).toEqual(['x']);
    expect(partsAmiss([a, b, c], ['a', 'c', 'x'], partial)).toEqual(['c', 'x']);
  });

  it('keep the day that was last named for them', () => {
    const postponed = settle([a, c], ['a'], row('IN_PROGRESS', 'POSTPONE'), '2026-05-01');
    expect(postponed).toEqual([{ ...a, state: 'POSTPONED', expected: '2026-05-01' }, c]);
    expect(settle(postponed, undefined, row('POSTPONED', 'INTERIM_REPLY'), null)[0]).toMatchObject({ expected: '2026-05-01' });
  });
});

describe('the state of a request in parts', () => {
  const two = [part('a'), part('b')];
  it('is partly answered while one is owed and another settled', () => {
    expect(after(row('IN_PROGRESS', 'REFUSE'), 'IN_PROGRESS', two, ['a'])).toBe('PARTIALLY_ANSWERED');
    expect(after(row('ACKNOWLEDGED', 'FINAL_REPLY'), 'ACKNOWLEDGED', two, ['a'])).toBe('PARTIALLY_ANSWERED');
  });

  it('is in progress while one is put off and the other worked on, and put off when all that is owed is', () => {
    expect(after(row('ACKNOWLEDGED', 'POSTPONE'), 'ACKNOWLEDGED', two, ['a'])).toBe('IN_PROGRESS');
    expect(after(row('ACKNOWLEDGED', 'POSTPONE'), 'ACKNOWLEDGED', two)).toBe('POSTPONED');
    expect(after(row('PARTIALLY_ANSWERED', 'POSTPONE'), 'PARTIALLY_ANSWERED', [part('a', 'ANSWERED'), part('b')])).toBe('POSTPONED');
  });

  it('stays as it was where one is withdrawn and another open: nothing was answered, and what has arrived can still be acknowledged', () => {
    const withdrawn = (state: string, parts = two) => after(row(state, 'NO_LONGER_REQUIRED', 'R'), state, parts, ['a']);
    for (const state of ['DELIVERED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CLARIFICATION_PENDING', 'PARTIALLY_ANSWERED'])
      expect(withdrawn(state)).toBe(state);
    expect(withdrawn('IN_PROGRESS', [part('a'), part('b', 'POSTPONED')])).toBe('POSTPONED');
    expect(withdrawn('PARTIALLY_ANSWERED', [part('a'), part('b', 'NEGATIVE')])).toBe('NEGATIVE');
  });

  it.each([
    ['REFUSE', 'ANSWERED', 'ANSWERED'],
    ['REFUSE', 'NEGATIVE', 'NEGATIVE'],
    ['REFUSE', 'WITHDRAWN', 'REFUSED'],
    ['FINAL_REPLY', 'REFUSED', 'ANSWERED'],
  ] as const)('after %s of the last one, the other being %s, is %s', (step, other, state) => {
    expect(after(row('PARTIALLY_ANSWERED', step), 'PARTIALLY_ANSWERED', [part('a', other), part('b')])).toBe(state);
  });

  it('is named as its own machine names it', () => {
    const parts = [part('a', 'REFUSED'), part('b')];
    expect(
      after(row('IN_EXECUTION', 'FINAL_REPLY', 'Q', 'FORMAL_MLA_REQUEST'), 'IN_EXECUTION', parts, undefined, 'FORMAL_MLA_REQUEST'),
    ).toBe('EXECUTED');
  });

  it('goes on waiting for the requester, unless what it was asked about is refused', () => {
    expect(after(row('CLARIFICATION_PENDING', 'REFUSE'), 'CLARIFICATION_PENDING', two, ['a'])).toBe('CLARIFICATION_PENDING');
    const refuse = row('PRE_REFUSAL_CONSULTATION', 'REFUSE', 'Q', 'FORMAL_MLA_REQUEST');
    expect(after(refuse, 'PRE_REFUSAL_CONSULTATION', two, ['a'], 'FORMAL_MLA_REQUEST')).toBe('PARTIALLY_ANSWERED');
  });

  it('goes on waiting for the requester’s views on one part when another is answered', () => {
    const answer = row('PRE_REFUSAL_CONSULTATION', 'FINAL_REPLY', 'Q', 'FORMAL_MLA_REQUEST');
    expect(after(answer, 'PRE_REFUSAL_CONSULTATION', two, ['a'], 'FORMAL_MLA_REQUEST')).toBe('PRE_REFUSAL_CONSULTATION');
  });

  it('stays where it is while the other side may still speak of another part, until one is opened again', () => {
    const said = (taken: Transition, state: string) =>
      stateAfter(taken, state, MACHINES.FORMAL_MLA_REQUEST, settle(two, ['a'], taken, null), true);
    expect(said(row('VIEWS_SUBMITTED', 'REFUSE', 'Q', 'FORMAL_MLA_REQUEST'), 'VIEWS_SUBMITTED')).toBe('VIEWS_SUBMITTED');
    expect(said(row('CLOSED', 'REOPEN', 'R', 'FORMAL_MLA_REQUEST'), 'CLOSED')).toBe('IN_PROGRESS');
  });

  it('is what a step says that settles no part, whatever is still owed', () => {
    const partial = row('IN_PROGRESS', 'PARTIAL_REPLY');
    expect(partial.part).toBeUndefined();
    expect(after(partial, 'IN_PROGRESS', two)).toBe('PARTIALLY_ANSWERED');
  });

  it('waits for nobody once it is reopened, and is then named as reopening names it', () => {
    expect(stateAfter(row('CLOSED', 'REOPEN', 'R'), 'CLARIFICATION_PENDING', MACHINES.FIU_REQUEST, two)).toBe('IN_PROGRESS');
    const formal = row('CLOSED', 'REOPEN', 'R', 'FORMAL_MLA_REQUEST');
    expect(after(formal, 'CLOSED', [part('a', 'ANSWERED')], undefined, 'FORMAL_MLA_REQUEST')).toBe('IN_PROGRESS');
  });

  it('is what the row says where it has no parts, where the step settles none, or where it stays', () => {
    expect(after(row('ACKNOWLEDGED', 'REFUSE'), 'ACKNOWLEDGED', [])).toBe('REFUSED');
    expect(after(row('ACKNOWLEDGED', 'INTERIM_REPLY'), 'ACKNOWLEDGED', two)).toBe('IN_PROGRESS');
    expect(after(row('POSTPONED', 'STATUS_REPLY'), 'POSTPONED', two)).toBe('POSTPONED');
    const consultation = advance('INFORMAL_CONSULTATION', 'ACKNOWLEDGED', 'REFUSE', 'Q');
    if (!consultation.ok) throw new Error('not possible');
    expect(stateAfter({ ...consultation.value, part: 'REFUSED' }, 'ACKNOWLEDGED', MACHINES.INFORMAL_CONSULTATION, two)).toBe('REFUSED');
  });

  it('is reopened in whole or in part', () => {
    const closed = [part('a', 'ANSWERED'), part('b', 'REFUSED')];
    expect(after(row('CLOSED', 'REOPEN', 'R'), 'CLOSED', closed)).toBe('IN_PROGRESS');
    expect(after(row('CLOSED', 'REOPEN', 'R'), 'CLOSED', closed, ['b'])).toBe('PARTIALLY_ANSWERED');
  });
});

describe('the clocks of a request in parts', () => {
  it('are met by its end, and a part that is answered is a first answer', () => {
    expect(takenAs(row('IN_PROGRESS', 'FINAL_REPLY'), true)).toEqual({ step: 'FINAL_REPLY', clock: 'MET' });
    expect(takenAs(row('IN_PROGRESS', 'FINAL_REPLY'), false)).toEqual({ step: 'FINAL_REPLY', clock: 'FIRST' });
  });

  it('are told what a step says that ends no part, by whomever', () => {
    expect(takenAs(row('DELIVERED', 'ACKNOWLEDGE'), false)).toStrictEqual({ step: 'ACKNOWLEDGE', clock: 'ACK' });
    expect(takenAs(row('PARTIALLY_ANSWERED', 'CLOSE', 'R'), false)).toStrictEqual({ step: 'CLOSE', clock: 'MET' });
    expect(takenAs(row('IN_PROGRESS', 'STATUS_REPLY'), false)).toStrictEqual({ step: 'STATUS_REPLY' });
    const asked = { ...row('IN_PROGRESS', 'NO_LONGER_REQUIRED', 'R'), clock: 'RESUME' } as const;
    expect(takenAs(asked, false)).toStrictEqual({ step: 'NO_LONGER_REQUIRED', clock: 'RESUME' });
  });

  it('run on where one part is withdrawn, and where a step says nothing of them', () => {
    expect(takenAs(row('IN_PROGRESS', 'NO_LONGER_REQUIRED', 'R'), false)).toEqual({ step: 'NO_LONGER_REQUIRED' });
    expect(takenAs(row('IN_PROGRESS', 'STATUS_REPLY'), false)).toEqual({ step: 'STATUS_REPLY' });
    expect(takenAs(row('PARTIALLY_ANSWERED', 'CLOSE', 'R'), true)).toEqual({ step: 'CLOSE', clock: 'MET' });
  });
});
