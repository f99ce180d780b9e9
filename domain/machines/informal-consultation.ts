import type { Machine } from '../machine.js';
import { arrival, asides, closing, discussion, promotion, verification } from './request-rows.js';

const OPEN = ['DELIVERED', 'ACKNOWLEDGED', 'DISCUSSING'];
const A3 = 'A.3 INFORMAL_CONSULTATION [D]';

/** Informal contact before or beside the formal road; it never replaces it ([S¶16], StAR [F:S48]). */
export const INFORMAL_CONSULTATION: Machine = {
  opened: 'SUBMITTED',
  ended: ['CONCLUDED', 'REFUSED', 'CLOSED'],
  states: ['DRAFT', 'SUBMITTED', 'UNDECIPHERABLE', ...OPEN, 'CONCLUDED', 'REFUSED', 'CLOSED'],
  table: [
    ...arrival(A3),
    ...discussion(['ACKNOWLEDGED', 'DISCUSSING'], A3),
    {
      from: OPEN,
      step: 'REFUSE',
      actor: 'Q',
      to: 'REFUSED',
      clock: 'MET',
      source: 'a consultation may be declined with a reason: rulings 5',
    },
    // whoever needs no help any more says so at once (46(24)): the outcome is WITHDRAWN
    { from: ['SUBMITTED', 'UNDECIPHERABLE', 'DELIVERED'], step: 'CONCLUDE', actor: 'R', to: 'CONCLUDED', clock: 'MET', source: A3 },
    { from: ['DISCUSSING', 'ACKNOWLEDGED'], step: 'CONCLUDE', actor: 'EITHER', to: 'CONCLUDED', clock: 'MET', source: A3 },
    ...asides(OPEN),
    ...closing(['CONCLUDED', 'REFUSED'], [], 'R'),
    verification([...OPEN, 'CONCLUDED', 'REFUSED', 'CLOSED']),
    promotion(['ACKNOWLEDGED', 'DISCUSSING', 'CONCLUDED', 'CLOSED']),
    { from: ['CONCLUDED', 'CLOSED'], step: 'FEEDBACK', actor: 'EITHER', to: 'SAME', source: 'INR.40 ¶1 [F:S13]' },
  ],
};
