import { describe, expect, it } from 'vitest';
import { actorOf, advance, possibleSteps } from '../../domain/exchange.js';
import { stateAfter } from '../../domain/parts.js';
import { isOffered, MACHINES } from '../../domain/machines/index.js';
import type { Actor, Machine, Step } from '../../domain/machine.js';
import { EXCHANGE_TYPES, MESSAGES, SYSTEM_STEPS } from '../../domain/vocabulary.js';
import { authority } from '../support/ids.js';

const ACTORS: readonly Actor[] = ['R', 'Q', 'S'];
const STEPS: readonly Step[] = [...MESSAGES, ...SYSTEM_STEPS];

interface Move {
  readonly state: string;
  readonly step: Step;
  readonly actor: Actor;
}

/** Every move that could be thought of. */
const thinkable = (machine: Machine): Move[] =>
  machine.states.flatMap((state) => STEPS.flatMap((step) => ACTORS.map((actor) => ({ state, step, actor }))));

/** What the table says of it, read without the machine. */
const rowsFor = ({ table }: Machine, { state, step, actor }: Move) =>
  table.filter(
    (row) => row.step === step && row.from.includes(state) && (row.actor === actor || (row.actor === 'EITHER' && actor !== 'S')),
  );

/** States that can be reached from the draft. */
function reachable({ table }: Machine): Set<string> {
  const seen = new Set(['DRAFT']);
  for (let before = 0; before !== seen.size;) {
    before = seen.size;
    for (const row of table) if (row.to !== 'SAME' && row.from.some((state) => seen.has(state))) seen.add(row.to);
  }
  return seen;
}

describe.each(EXCHANGE_TYPES.filter(isOffered))('the machine of %s', (type) => {
  const machine = MACHINES[type];

  it('takes each step that its table allows to the state that the row names', () => {
    for (const move of thinkable(machine))
      for (const row of rowsFor(machine, move)) {
        const moved = advance(type, move.state, move.step, move.actor);
        expect(moved).toEqual({ ok: true, value: row });
        expect(stateAfter(row, move.state, machine, [])).toBe(row.to === 'SAME' ? move.state : row.to);
      }
  });

  it('refuses every other step of every actor in every state, and says what is possible, and to whom', () => {
    for (const move of thinkable(machine)) {
      if (rowsFor(machine, move).length > 0) continue;
      const moved = advance(type, move.state, move.step, move.actor);
      const [R, Q, S] = (['R', 'Q', 'S'] as const).map((actor) => possibleSteps(type, move.state, actor));
      expect(moved).toEqual({ ok: false, error: { state: move.state, step: move.step, possible: { R, Q, S } } });
    }
  });

  it('never leaves two rows to choose from', () => {
    for (const move of thinkable(machine)) expect(rowsFor(machine, move).length).toBeLessThanOrEqual(1);
  });

  it('knows every state it names, reaches them all, and gives each row a source', () => {
    const named = machine.table.flatMap((row) => [...row.from, ...(row.to === 'SAME' ? [] : [row.to])]);
    for (const state of named) expect(machine.states).toContain(state);
    expect([...reachable(machine)].sort()).toEqual([...machine.states].sort());
    for (const row of machine.table) expect(row.source).not.toBe('');
    expect(machine.states).toContain(machine.opened);
    for (const state of machine.ended) expect(machine.states).toContain(state);
  });

  it('leaves the draft by submitting alone', () => {
    expect(possibleSteps(type, 'DRAFT', 'R')).toEqual(['SUBMIT']);
    expect(possibleSteps(type, 'DRAFT', 'Q')).toEqual([]);
  });
});

describe('an exchange', () => {
  it('lets clarification be asked from delivery on', () => {
    expect(advance('FIU_REQUEST', 'DELIVERED', 'CLARIFICATION_REQUEST', 'Q').ok).toBe(true);
  });

  it('lets either side discuss, and not the gateway', () => {
    expect(advance('INFORMAL_CONSULTATION', 'ACKNOWLEDGED', 'DISCUSS', 'R').ok).toBe(true);
    expect(advance('INFORMAL_CONSULTATION', 'ACKNOWLEDGED', 'DISCUSS', 'Q').ok).toBe(true);
    expect(advance('INFORMAL_CONSULTATION', 'ACKNOWLEDGED', 'DISCUSS', 'S').ok).toBe(false);
  });

  it('knows its two sides and nobody else', () => {
    const parties = { requesting: authority('NG-FIA'), requested: authority('VG-FIX') };
    expect(['NG-FIA', 'VG-FIX', 'NG-TAX'].map((code) => actorOf(parties, authority(code)))).toEqual(['R', 'Q', null]);
  });
});
