import type { Machine } from '../machine.js';

const A3 = 'A.3 CONSENT_REQUEST [D]';
const OPEN = ['DELIVERED', 'ACKNOWLEDGED', 'CLARIFICATION_PENDING', 'IN_PROGRESS'];

/**
 * A holder asks an originator. The answer is a consent statement, not an envelope: the gateway moves this exchange on from it.
 * Silence is no consent (LAPSED). Each use of a grant is a record of its own, not a state (rulings 4).
 */
export const CONSENT_REQUEST: Machine = {
  type: 'CONSENT_REQUEST',
  opened: 'SUBMITTED',
  ended: ['GRANTED', 'PARTIALLY_GRANTED', 'REFUSED', 'LAPSED', 'REVOKED', 'WITHDRAWN', 'CLOSED'],
  states: ['DRAFT', 'SUBMITTED', ...OPEN, 'GRANTED', 'PARTIALLY_GRANTED', 'REFUSED', 'LAPSED', 'REVOKED', 'WITHDRAWN', 'CLOSED'],
  table: [
    { from: ['DRAFT'], step: 'SUBMIT', actor: 'R', to: 'SUBMITTED', source: A3 },
    { from: ['SUBMITTED'], step: 'DELIVERY_RECEIPT', actor: 'S', to: 'DELIVERED', clock: 'START', source: 'rulings 5' },
    { from: ['DELIVERED'], step: 'ACKNOWLEDGE', actor: 'Q', to: 'ACKNOWLEDGED', clock: 'ACK', source: A3 },
    {
      from: ['DELIVERED', 'ACKNOWLEDGED', 'IN_PROGRESS'],
      step: 'CLARIFICATION_REQUEST',
      actor: 'Q',
      to: 'CLARIFICATION_PENDING',
      clock: 'SUSPEND',
      source: 'rulings 4',
    },
    { from: ['CLARIFICATION_PENDING'], step: 'CLARIFICATION_REPLY', actor: 'R', to: 'IN_PROGRESS', clock: 'RESUME', source: 'rulings 4' },
    { from: [...OPEN, 'LAPSED'], step: 'GRANT', actor: 'Q', to: 'GRANTED', clock: 'MET', source: A3 },
    { from: [...OPEN, 'LAPSED'], step: 'PARTIAL_GRANT', actor: 'Q', to: 'PARTIALLY_GRANTED', clock: 'MET', source: A3 },
    {
      from: ['GRANTED', 'PARTIALLY_GRANTED'],
      step: 'GRANT',
      actor: 'Q',
      to: 'SAME',
      source: 'a grid is granted recipient by recipient: rulings 4',
    },
    { from: [...OPEN, 'LAPSED'], step: 'REFUSE_CONSENT', actor: 'Q', to: 'REFUSED', clock: 'MET', source: 'AMLD6 34(2) [F:S18]' },
    { from: ['GRANTED', 'PARTIALLY_GRANTED'], step: 'REVOKE', actor: 'Q', to: 'REVOKED', source: 'A.3; rulings 4' },
    { from: OPEN, step: 'LAPSE', actor: 'S', to: 'LAPSED', source: 'silence is no consent: A.3' },
    { from: ['SUBMITTED', ...OPEN], step: 'NO_LONGER_REQUIRED', actor: 'R', to: 'WITHDRAWN', clock: 'MET', source: 'rulings 4' },
    {
      from: ['GRANTED', 'PARTIALLY_GRANTED', 'REFUSED', 'LAPSED', 'REVOKED', 'WITHDRAWN'],
      step: 'CLOSE',
      actor: 'R',
      to: 'CLOSED',
      source: A3,
    },
  ],
};
