import { describe, expect, it } from 'vitest';
import { MACHINES } from '../../../domain/machines/index.js';
import { EXCHANGE_TYPES } from '../../../domain/vocabulary.js';
import { EXPECTED } from './expected/index.js';
import { movesOf } from './expected/expected.js';

const spelled = (moves: readonly { state: string; actor: string; step: string; to: string; afterConsultation: boolean }[]): string[] =>
  moves.map(({ state, actor, step, to, afterConsultation }) => `${state} ${actor} ${step} ${to}${afterConsultation ? ' !' : ''}`).sort();

describe.each(EXCHANGE_TYPES)('the table of %s', (type) => {
  it('says what A.3 and rulings 5 say, written down a second time by hand', () => {
    const { table, states } = MACHINES[type];
    const rows = table.flatMap(({ from, step, actor, to, consultation }) =>
      from.flatMap((state) =>
        (actor === 'EITHER' ? ['R', 'Q'] : [actor]).map((who) => ({
          state,
          actor: who,
          step,
          to: to === 'SAME' ? state : to,
          afterConsultation: consultation === 'OWED',
        })),
      ),
    );
    expect(spelled(rows)).toEqual(spelled(movesOf(EXPECTED[type])));
    expect(Object.keys(EXPECTED[type]).sort()).toEqual([...states].sort());
  });
});
