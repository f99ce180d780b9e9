import type { Machine, Transition } from '../machine.js';
import { arrival, asides, clarification, closing, conditions, feedback, urgency, verification } from './request-rows.js';

const WORKING = ['ACKNOWLEDGED', 'IN_PROGRESS'];
const OPEN = ['DELIVERED', ...WORKING, 'CLARIFICATION_PENDING', 'CONDITIONS_PROPOSED', 'PARTIALLY_ANSWERED', 'POSTPONED'];
const SETTLED = ['ANSWERED', 'NEGATIVE', 'REFUSED', 'WITHDRAWN'];

const answers: readonly Transition[] = [
  {
    from: [...WORKING, 'POSTPONED'],
    step: 'INTERIM_REPLY',
    actor: 'Q',
    to: 'IN_PROGRESS',
    clock: 'FIRST',
    source: 'Egmont, 30 business days [F2:S9]; POSTPONED resumes: rulings 5',
  },
  { from: WORKING, step: 'DELAY_NOTICE', actor: 'Q', to: 'IN_PROGRESS', source: 'A.3; also late: rulings 5; [F:S59]' },
  { from: ['PARTIALLY_ANSWERED', 'POSTPONED'], step: 'DELAY_NOTICE', actor: 'Q', to: 'SAME', source: 'per part: rulings 5' },
  {
    from: [...WORKING, 'PARTIALLY_ANSWERED', 'POSTPONED'],
    step: 'PARTIAL_REPLY',
    actor: 'Q',
    to: 'PARTIALLY_ANSWERED',
    clock: 'FIRST',
    source: 'A.3 [D]',
  },
  { from: OPEN, step: 'FINAL_REPLY', actor: 'Q', to: 'ANSWERED', clock: 'MET', part: 'ANSWERED', source: 'A.3 [D]' },
  { from: OPEN, step: 'NEGATIVE_REPLY', actor: 'Q', to: 'NEGATIVE', clock: 'MET', part: 'NEGATIVE', source: '[S¶29]' },
  {
    from: OPEN,
    step: 'REFUSE',
    actor: 'Q',
    to: 'REFUSED',
    clock: 'MET',
    part: 'REFUSED',
    source: '46(23) [M]; Egmont ¶33 [F2:S9]',
  },
  { from: OPEN, step: 'POSTPONE', actor: 'Q', to: 'POSTPONED', part: 'POSTPONED', source: '46(25) [M]' },
  {
    from: ['SUBMITTED', 'UNDECIPHERABLE', ...OPEN],
    step: 'NO_LONGER_REQUIRED',
    actor: 'R',
    to: 'WITHDRAWN',
    clock: 'MET',
    part: 'WITHDRAWN',
    source: '46(24) [M]',
  },
  { from: ['CLOSED'], step: 'REOPEN', actor: 'R', to: 'IN_PROGRESS', clock: 'ANEW', part: 'OPEN', source: 'A.3 [D]' },
];

/**
 * A.3's request, as rulings 5 correct it: clarification from DELIVERED on; delay notice also when late; POSTPONED resumes.
 * @param further rows that this type has beside
 */
export const request = (source: string, ...further: readonly Transition[]): Machine => ({
  opened: 'SUBMITTED',
  ended: [...SETTLED, 'CLOSED'],
  states: ['DRAFT', 'SUBMITTED', 'UNDECIPHERABLE', ...OPEN, ...SETTLED, 'CLOSED'],
  partly: { none: 'IN_PROGRESS', some: 'PARTIALLY_ANSWERED' },
  table: [
    ...arrival(source),
    ...clarification(['DELIVERED', ...WORKING, 'PARTIALLY_ANSWERED']),
    ...answers,
    ...conditions([...WORKING, 'PARTIALLY_ANSWERED'], 'IN_PROGRESS', 'IN_PROGRESS'),
    ...asides(OPEN),
    ...urgency(['DELIVERED', ...WORKING]),
    ...closing(SETTLED, ['PARTIALLY_ANSWERED', 'POSTPONED'], 'R'),
    ...feedback(['ANSWERED', 'CLOSED']),
    verification([...OPEN, ...SETTLED, 'CLOSED']),
    ...further,
  ],
});

/** Where an informal answer leads to a formal request, or shows that one is needed. */
export const PROMOTED_FROM = ['PARTIALLY_ANSWERED', 'ANSWERED', 'NEGATIVE', 'REFUSED', 'CLOSED'];
