import type { Machine } from '../machine.js';
import { arrival, asides, clarification, closing, urgency, verification } from './request-rows.js';

const WORKING = ['ACKNOWLEDGED', 'IN_PROGRESS'];
const OPEN = ['DELIVERED', ...WORKING, 'CLARIFICATION_PENDING'];
const SETTLED = ['EXPIRED', 'LIFTED', 'NEGATIVE', 'REFUSED', 'WITHDRAWN'];
const SOURCE = 'CETS 198 arts 14, 47; AMLD6 art 24; FATF R.4 (2023) [M]';

/** One FIU asks another to hold a transaction for a short fixed time, where that one's law allows it for a foreign FIU. */
export const POSTPONEMENT_REQUEST: Machine = {
  opened: 'SUBMITTED',
  ended: [...SETTLED, 'CLOSED'],
  states: ['DRAFT', 'SUBMITTED', 'UNDECIPHERABLE', ...OPEN, 'IN_FORCE', ...SETTLED, 'CLOSED'],
  table: [
    ...arrival(SOURCE),
    ...clarification(['DELIVERED', ...WORKING]),
    { from: WORKING, step: 'INTERIM_REPLY', actor: 'Q', to: 'IN_PROGRESS', clock: 'FIRST', source: 'A.3 [D]' },
    { from: WORKING, step: 'DELAY_NOTICE', actor: 'Q', to: 'IN_PROGRESS', source: 'A.3; rulings 5' },
    { from: OPEN, step: 'MEASURE_TAKEN', actor: 'Q', to: 'IN_FORCE', clock: 'MET', source: SOURCE },
    { from: ['IN_FORCE'], step: 'MEASURE_TAKEN', actor: 'Q', to: 'SAME', source: 'prolonged, never past the law’s longest [M]' },
    { from: ['IN_FORCE'], step: 'MEASURE_LIFTED', actor: 'Q', to: 'LIFTED', clock: 'MET', source: SOURCE },
    {
      from: ['IN_FORCE'],
      step: 'LAPSE',
      actor: 'S',
      to: 'EXPIRED',
      clock: 'MET',
      source: 'for a predetermined period: Lausanne GL 2 [F:S50]',
    },
    { from: OPEN, step: 'NEGATIVE_REPLY', actor: 'Q', to: 'NEGATIVE', clock: 'MET', source: 'carried out already, or not found [D]' },
    { from: OPEN, step: 'REFUSE', actor: 'Q', to: 'REFUSED', clock: 'MET', source: 'Egmont ¶33 [F2:S9]' },
    {
      from: ['SUBMITTED', 'UNDECIPHERABLE', ...OPEN, 'IN_FORCE'],
      step: 'NO_LONGER_REQUIRED',
      actor: 'R',
      to: 'WITHDRAWN',
      clock: 'MET',
      source: '46(24) [M]',
    },
    ...asides([...OPEN, 'IN_FORCE']),
    ...urgency(['DELIVERED', ...WORKING]),
    ...closing(SETTLED, [], 'R'),
    verification([...OPEN, 'IN_FORCE', ...SETTLED, 'CLOSED']),
  ],
};
