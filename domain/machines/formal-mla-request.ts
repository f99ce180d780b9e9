import type { Machine } from '../machine.js';
import { arrival, asides, clarification, closing, conditions, feedback, urgency, verification } from './request-rows.js';

const WEIGHED = ['ACKNOWLEDGED', 'IN_PROGRESS'];
const EXECUTING = ['TRANSMITTED_FOR_EXECUTION', 'IN_EXECUTION', 'ACCEPTED'];
const CONSULTING = ['PRE_REFUSAL_CONSULTATION', 'VIEWS_SUBMITTED', 'CONDITIONS_PROPOSED', 'DECLINED'];
const OPEN = ['DELIVERED', ...WEIGHED, 'CLARIFICATION_PENDING', ...EXECUTING, ...CONSULTING, 'PARTIALLY_ANSWERED', 'POSTPONED'];
const SETTLED = ['EXECUTED', 'NEGATIVE', 'REFUSED', 'WITHDRAWN'];
/** Never straight from the request: the requesting State is consulted first. */
const REFUSABLE = ['IN_PROGRESS', ...EXECUTING, ...CONSULTING, 'PARTIALLY_ANSWERED', 'POSTPONED'];
/** Where a measure that it asked for may be in force: whatever is said of its other parts, after it was refused, and long after it was executed. */
const MEASURED = [...OPEN.filter((state) => state !== 'DELIVERED' && state !== 'ACKNOWLEDGED'), 'EXECUTED', 'REFUSED', 'CLOSED'];
const A3 = 'A.3 FORMAL_MLA_REQUEST [D]';

/** Between central authorities. Its parts are executed, refused and put off one by one; no refusal without consultation (46(26)). */
export const FORMAL_MLA_REQUEST: Machine = {
  opened: 'SUBMITTED',
  ended: [...SETTLED, 'CLOSED'],
  states: ['DRAFT', 'SUBMITTED', 'UNDECIPHERABLE', ...OPEN, ...SETTLED, 'CLOSED'],
  partly: { none: 'IN_EXECUTION', some: 'PARTIALLY_ANSWERED' },
  table: [
    ...arrival(A3),
    ...clarification(['DELIVERED', ...WEIGHED, 'TRANSMITTED_FOR_EXECUTION', 'IN_EXECUTION', 'PARTIALLY_ANSWERED']),
    {
      // under accepted conditions too, and after whatever was said of a refusal
      from: [...WEIGHED, 'ACCEPTED', 'IN_EXECUTION', 'VIEWS_SUBMITTED', 'DECLINED'],
      step: 'TRANSMITTED_FOR_EXECUTION',
      actor: 'Q',
      to: 'TRANSMITTED_FOR_EXECUTION',
      source: '46(13) [M]',
    },
    { from: WEIGHED, step: 'INTERIM_REPLY', actor: 'Q', to: 'IN_PROGRESS', clock: 'FIRST', source: A3 },
    {
      from: [...EXECUTING, 'VIEWS_SUBMITTED', 'DECLINED', 'POSTPONED'],
      step: 'INTERIM_REPLY',
      actor: 'Q',
      to: 'IN_EXECUTION',
      clock: 'FIRST',
      source: 'A.3; POSTPONED resumes: rulings 5',
    },
    {
      from: [...WEIGHED, ...EXECUTING, 'PARTIALLY_ANSWERED', 'POSTPONED'],
      step: 'DELAY_NOTICE',
      actor: 'Q',
      to: 'SAME',
      source: '46(24) [M]; also late: rulings 5',
    },
    {
      from: [...WEIGHED, ...EXECUTING, 'PARTIALLY_ANSWERED', 'POSTPONED'],
      step: 'PARTIAL_REPLY',
      actor: 'Q',
      to: 'PARTIALLY_ANSWERED',
      clock: 'FIRST',
      source: A3,
    },
    { from: OPEN, step: 'FINAL_REPLY', actor: 'Q', to: 'EXECUTED', clock: 'MET', part: 'ANSWERED', source: A3 },
    { from: OPEN, step: 'NEGATIVE_REPLY', actor: 'Q', to: 'NEGATIVE', clock: 'MET', part: 'NEGATIVE', source: A3 },
    {
      // on one part after another too, and where a question stays without an answer
      from: [
        ...[...WEIGHED, ...EXECUTING, 'CLARIFICATION_PENDING', 'CONDITIONS_PROPOSED'],
        ...['VIEWS_SUBMITTED', 'DECLINED', 'PARTIALLY_ANSWERED', 'POSTPONED'],
      ],
      step: 'PRE_REFUSAL_CONSULTATION',
      actor: 'Q',
      to: 'PRE_REFUSAL_CONSULTATION',
      consultation: 'OPENS',
      source: '46(26) [M]',
    },
    {
      from: ['PRE_REFUSAL_CONSULTATION'],
      step: 'VIEWS_SUBMITTED',
      actor: 'R',
      to: 'VIEWS_SUBMITTED',
      consultation: 'ANSWERS',
      source: '46(26) [M]',
    },
    ...conditions(
      [...WEIGHED, ...EXECUTING, 'PRE_REFUSAL_CONSULTATION', 'VIEWS_SUBMITTED', 'DECLINED', 'PARTIALLY_ANSWERED'],
      'ACCEPTED',
      'DECLINED',
    ),
    {
      from: REFUSABLE,
      step: 'REFUSE',
      actor: 'Q',
      to: 'REFUSED',
      clock: 'MET',
      part: 'REFUSED',
      consultation: 'OWED',
      source: '46(21),(23),(26) [M]',
    },
    {
      from: REFUSABLE,
      step: 'POSTPONE',
      actor: 'Q',
      to: 'POSTPONED',
      part: 'POSTPONED',
      consultation: 'OWED',
      source: '46(25),(26) [M]',
    },
    {
      from: ['SUBMITTED', 'UNDECIPHERABLE', ...OPEN],
      step: 'NO_LONGER_REQUIRED',
      actor: 'R',
      to: 'WITHDRAWN',
      clock: 'MET',
      part: 'WITHDRAWN',
      source: '46(24) [M]',
    },
    { from: MEASURED, step: 'PROVISIONAL_MEASURE_LIFT_NOTICE', actor: 'Q', to: 'SAME', source: '55(7),(8) [M]' },
    { from: MEASURED, step: 'MEASURE_REASONS', actor: 'R', to: 'SAME', source: '55(8) [M]' },
    { from: MEASURED, step: 'MEASURE_LIFTED', actor: 'Q', to: 'SAME', source: '55(7),(8) [M]' },
    ...asides(OPEN),
    ...urgency(['DELIVERED', ...WEIGHED]),
    ...closing(SETTLED, ['PARTIALLY_ANSWERED', 'POSTPONED'], 'R'),
    ...feedback(['EXECUTED', 'CLOSED']),
    verification([...OPEN, ...SETTLED, 'CLOSED']),
    { from: ['CLOSED'], step: 'REOPEN', actor: 'R', to: 'IN_PROGRESS', clock: 'ANEW', part: 'OPEN', source: 'A.3 [D]' },
  ],
};
