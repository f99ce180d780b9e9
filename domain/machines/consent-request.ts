import type { Machine } from '../machine.js';
import { arrival, clarification } from './request-rows.js';

const A3 = 'A.3 CONSENT_REQUEST [D]';
const ASKED = ['DELIVERED', 'ACKNOWLEDGED', 'IN_PROGRESS'];
const OPEN = [...ASKED, 'CLARIFICATION_PENDING', 'CONDITIONS_OFFERED', 'CONDITIONS_ACCEPTED'];
/** Of a part, or of all: what is left may be granted, as it might have been before. */
const NONE_STANDS = ['REFUSED', 'REVOKED'];

/**
 * A holder asks an originator. The answer is a consent statement, not an envelope: the gateway moves this exchange on from it.
 * Silence is no consent (LAPSED). Each use of a grant is a record of its own, not a state (rulings 4).
 */
export const CONSENT_REQUEST: Machine = {
  opened: 'SUBMITTED',
  ended: ['GRANTED', 'PARTIALLY_GRANTED', 'REFUSED', 'LAPSED', 'REVOKED', 'WITHDRAWN', 'CLOSED'],
  states: [
    'DRAFT',
    'SUBMITTED',
    'UNDECIPHERABLE',
    ...OPEN,
    'GRANTED',
    'PARTIALLY_GRANTED',
    'REFUSED',
    'LAPSED',
    'REVOKED',
    'WITHDRAWN',
    'CLOSED',
  ],
  table: [
    ...arrival(A3),
    ...clarification(ASKED).filter(({ step }) => step !== 'LAPSE'),
    { from: ASKED, step: 'CONDITIONS_PROPOSED', actor: 'Q', to: 'CONDITIONS_OFFERED', source: 'rulings 4' },
    { from: ['CONDITIONS_OFFERED'], step: 'CONDITIONS_ACCEPTED', actor: 'R', to: 'CONDITIONS_ACCEPTED', source: 'rulings 4' },
    { from: ['CONDITIONS_OFFERED'], step: 'CONDITIONS_DECLINED', actor: 'R', to: 'IN_PROGRESS', source: 'rulings 4' },
    { from: [...OPEN, 'LAPSED'], step: 'GRANT', actor: 'Q', to: 'GRANTED', clock: 'MET', source: A3 },
    { from: [...OPEN, 'LAPSED'], step: 'PARTIAL_GRANT', actor: 'Q', to: 'PARTIALLY_GRANTED', clock: 'MET', source: A3 },
    // a grid is answered piece by piece and in any order, and what is left of it refused with its reason: rulings 4
    { from: ['GRANTED'], step: 'GRANT', actor: 'Q', to: 'SAME', source: 'rulings 4' },
    { from: ['PARTIALLY_GRANTED', ...NONE_STANDS], step: 'GRANT', actor: 'Q', to: 'GRANTED', source: 'rulings 4' },
    { from: ['GRANTED', 'PARTIALLY_GRANTED'], step: 'PARTIAL_GRANT', actor: 'Q', to: 'SAME', source: 'rulings 4' },
    { from: NONE_STANDS, step: 'PARTIAL_GRANT', actor: 'Q', to: 'PARTIALLY_GRANTED', source: 'rulings 4' },
    {
      from: ['PARTIALLY_GRANTED', ...NONE_STANDS],
      step: 'REFUSE_CONSENT',
      actor: 'Q',
      to: 'SAME',
      source: 'rulings 4; AMLD6 34(2) [F:S18]',
    },
    { from: [...OPEN, 'LAPSED'], step: 'REFUSE_CONSENT', actor: 'Q', to: 'REFUSED', clock: 'MET', source: 'AMLD6 34(2) [F:S18]' },
    { from: ['GRANTED', 'PARTIALLY_GRANTED'], step: 'REVOKE', actor: 'Q', to: 'REVOKED', source: 'A.3; rulings 4' },
    // what else was granted stands, and may be used
    { from: ['GRANTED'], step: 'PARTIAL_REVOKE', actor: 'Q', to: 'PARTIALLY_GRANTED', source: 'rulings 4' },
    { from: ['PARTIALLY_GRANTED'], step: 'PARTIAL_REVOKE', actor: 'Q', to: 'SAME', source: 'rulings 4' },
    { from: OPEN, step: 'LAPSE', actor: 'S', to: 'LAPSED', source: 'silence is no consent: A.3' },
    {
      from: ['SUBMITTED', 'UNDECIPHERABLE', ...OPEN],
      step: 'NO_LONGER_REQUIRED',
      actor: 'R',
      to: 'WITHDRAWN',
      clock: 'MET',
      source: 'rulings 4',
    },
    {
      from: ['GRANTED', 'PARTIALLY_GRANTED', 'REFUSED', 'LAPSED', 'REVOKED', 'WITHDRAWN'],
      step: 'CLOSE',
      actor: 'R',
      to: 'CLOSED',
      source: A3,
    },
  ],
};
