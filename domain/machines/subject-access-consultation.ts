import type { Machine } from '../machine.js';
import { arrival, asides, clarification, closing } from './request-rows.js';

const OPEN = ['DELIVERED', 'ACKNOWLEDGED', 'CLARIFICATION_PENDING', 'IN_PROGRESS'];
const SOURCE = '9.4 [M], [D]; rulings 5';

/** Before a data subject is answered, the holder (R) asks the originator (Q). Without views the answer is a neutral one. */
export const SUBJECT_ACCESS_CONSULTATION: Machine = {
  opened: 'SUBMITTED',
  ended: ['VIEWS_SUBMITTED', 'LAPSED', 'CONCLUDED', 'WITHDRAWN', 'CLOSED'],
  states: ['DRAFT', 'SUBMITTED', 'UNDECIPHERABLE', ...OPEN, 'VIEWS_SUBMITTED', 'LAPSED', 'CONCLUDED', 'WITHDRAWN', 'CLOSED'],
  table: [
    ...arrival(SOURCE),
    ...clarification(['DELIVERED', 'ACKNOWLEDGED', 'IN_PROGRESS']),
    { from: [...OPEN, 'LAPSED'], step: 'VIEWS_SUBMITTED', actor: 'Q', to: 'VIEWS_SUBMITTED', clock: 'MET', source: SOURCE },
    { from: ['DELIVERED', 'ACKNOWLEDGED', 'IN_PROGRESS'], step: 'LAPSE', actor: 'S', to: 'LAPSED', source: 'silence is no yes: rulings 4' },
    {
      from: ['VIEWS_SUBMITTED', 'LAPSED'],
      step: 'CONCLUDE',
      actor: 'R',
      to: 'CONCLUDED',
      clock: 'MET',
      source: 'may be answered neutrally: 9.4 [M]',
    },
    {
      from: ['SUBMITTED', 'UNDECIPHERABLE', ...OPEN],
      step: 'NO_LONGER_REQUIRED',
      actor: 'R',
      to: 'WITHDRAWN',
      clock: 'MET',
      source: '46(24) [M], by analogy [D]',
    },
    ...asides(OPEN).filter(({ step }) => step !== 'ESCALATE'),
    ...closing(['CONCLUDED', 'WITHDRAWN'], [], 'R'),
  ],
};
