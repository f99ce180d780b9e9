import type { Machine } from '../machine.js';

const OPEN = ['DELIVERED', 'ACKNOWLEDGED', 'DISCUSSING'];
const A3 = 'A.3 INFORMAL_CONSULTATION [D]';

/** Informal contact before or beside the formal road; it never replaces it ([S¶16], StAR [F:S48]). */
export const INFORMAL_CONSULTATION: Machine = {
  type: 'INFORMAL_CONSULTATION',
  opened: 'SUBMITTED',
  ended: ['CONCLUDED', 'REFUSED', 'CLOSED'],
  states: ['DRAFT', 'SUBMITTED', ...OPEN, 'CONCLUDED', 'REFUSED', 'CLOSED'],
  table: [
    { from: ['DRAFT'], step: 'SUBMIT', actor: 'R', to: 'SUBMITTED', source: A3 },
    { from: ['SUBMITTED'], step: 'DELIVERY_RECEIPT', actor: 'S', to: 'DELIVERED', clock: 'START', source: 'rulings 5' },
    { from: ['DELIVERED'], step: 'ACKNOWLEDGE', actor: 'Q', to: 'ACKNOWLEDGED', clock: 'ACK', source: A3 },
    { from: ['ACKNOWLEDGED', 'DISCUSSING'], step: 'DISCUSS', actor: 'EITHER', to: 'DISCUSSING', clock: 'FIRST', source: A3 },
    {
      from: OPEN,
      step: 'REFUSE',
      actor: 'Q',
      to: 'REFUSED',
      clock: 'MET',
      source: 'a consultation may be declined with a reason: rulings 5',
    },
    { from: ['DISCUSSING', 'ACKNOWLEDGED'], step: 'CONCLUDE', actor: 'EITHER', to: 'CONCLUDED', clock: 'MET', source: A3 },
    { from: OPEN, step: 'STATUS_REQUEST', actor: 'R', to: 'SAME', source: '46(24) [F2:S3]' },
    { from: OPEN, step: 'STATUS_REPLY', actor: 'Q', to: 'SAME', source: '46(24) [F2:S3]' },
    { from: ['CONCLUDED', 'REFUSED'], step: 'CLOSE', actor: 'R', to: 'CLOSED', source: A3 },
    { from: ['CONCLUDED', 'CLOSED'], step: 'FEEDBACK', actor: 'EITHER', to: 'SAME', source: 'INR.40 ¶1 [F:S13]' },
  ],
};
