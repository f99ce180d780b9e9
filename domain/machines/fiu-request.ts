import type { Machine } from '../machine.js';

const OPEN = ['DELIVERED', 'ACKNOWLEDGED', 'CLARIFICATION_PENDING', 'IN_PROGRESS', 'PARTIALLY_ANSWERED', 'POSTPONED'];
const WORKING = ['ACKNOWLEDGED', 'IN_PROGRESS'];
const A3 = 'A.3 FIU_REQUEST [D]';

/** A.3 as rulings 5 correct it: clarification from DELIVERED on; delay notice also when late; POSTPONED resumes. */
export const FIU_REQUEST: Machine = {
  type: 'FIU_REQUEST',
  opened: 'SUBMITTED',
  ended: ['ANSWERED', 'NEGATIVE', 'REFUSED', 'WITHDRAWN', 'CLOSED'],
  states: ['DRAFT', 'SUBMITTED', ...OPEN, 'ANSWERED', 'NEGATIVE', 'REFUSED', 'WITHDRAWN', 'CLOSED'],
  table: [
    { from: ['DRAFT'], step: 'SUBMIT', actor: 'R', to: 'SUBMITTED', source: A3 },
    {
      from: ['SUBMITTED'],
      step: 'DELIVERY_RECEIPT',
      actor: 'S',
      to: 'DELIVERED',
      clock: 'START',
      source: '2023/977 5(1) [F:S22]; rulings 5',
    },
    { from: ['DELIVERED'], step: 'ACKNOWLEDGE', actor: 'Q', to: 'ACKNOWLEDGED', clock: 'ACK', source: A3 },
    {
      from: ['DELIVERED', ...WORKING],
      step: 'CLARIFICATION_REQUEST',
      actor: 'Q',
      to: 'CLARIFICATION_PENDING',
      clock: 'SUSPEND',
      source: '2023/977 6(3) [F:S22]; rulings 5',
    },
    { from: ['CLARIFICATION_PENDING'], step: 'CLARIFICATION_REPLY', actor: 'R', to: 'IN_PROGRESS', clock: 'RESUME', source: A3 },
    {
      from: [...WORKING, 'POSTPONED'],
      step: 'INTERIM_REPLY',
      actor: 'Q',
      to: 'IN_PROGRESS',
      clock: 'FIRST',
      source: 'Egmont, 30 business days [F2:S9]',
    },
    { from: WORKING, step: 'DELAY_NOTICE', actor: 'Q', to: 'IN_PROGRESS', source: A3 },
    {
      from: [...WORKING, 'PARTIALLY_ANSWERED', 'POSTPONED'],
      step: 'PARTIAL_REPLY',
      actor: 'Q',
      to: 'PARTIALLY_ANSWERED',
      clock: 'FIRST',
      source: A3,
    },
    { from: OPEN, step: 'FINAL_REPLY', actor: 'Q', to: 'ANSWERED', clock: 'MET', source: A3 },
    { from: OPEN, step: 'NEGATIVE_REPLY', actor: 'Q', to: 'NEGATIVE', clock: 'MET', source: '[S¶29]' },
    { from: OPEN, step: 'REFUSE', actor: 'Q', to: 'REFUSED', clock: 'MET', source: '46(23) [M]; Egmont ¶33 [F2:S9]' },
    { from: OPEN, step: 'POSTPONE', actor: 'Q', to: 'POSTPONED', source: '46(25) [M]' },
    { from: OPEN, step: 'STATUS_REQUEST', actor: 'R', to: 'SAME', source: '46(24) [F2:S3]' },
    { from: OPEN, step: 'STATUS_REPLY', actor: 'Q', to: 'SAME', source: '46(24) [F2:S3]' },
    { from: ['SUBMITTED', ...OPEN], step: 'NO_LONGER_REQUIRED', actor: 'R', to: 'WITHDRAWN', clock: 'MET', source: '46(24) [M]' },
    {
      from: ['ANSWERED', 'NEGATIVE', 'REFUSED', 'WITHDRAWN', 'PARTIALLY_ANSWERED', 'POSTPONED'],
      step: 'CLOSE',
      actor: 'R',
      to: 'CLOSED',
      clock: 'MET',
      source: 'A.3; rulings 5 [D]',
    },
    { from: ['ANSWERED', 'CLOSED'], step: 'FEEDBACK_REQUEST', actor: 'Q', to: 'SAME', source: 'INR.40 ¶1 [F:S13]' },
    { from: ['ANSWERED', 'CLOSED'], step: 'FEEDBACK', actor: 'R', to: 'SAME', source: 'INR.40 ¶1 [F:S13]' },
    { from: ['CLOSED'], step: 'REOPEN', actor: 'R', to: 'IN_PROGRESS', source: A3 },
  ],
};
