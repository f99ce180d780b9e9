import type { Machine, Transition } from '../machine.js';
import { arrival, asides, closing, conditions, discussion, verification } from './request-rows.js';

const TALKING = ['ACKNOWLEDGED', 'DISCUSSING'];
const CONSULTING = ['PRE_REFUSAL_CONSULTATION', 'VIEWS_SUBMITTED', 'CONDITIONS_PROPOSED'];
const OPEN = ['DELIVERED', ...TALKING, ...CONSULTING];
const FOLLOWED = ['PROCEED', 'GRANTED_UNDER_CONDITIONS', 'PROSECUTE_INSTEAD'];
const SETTLED = [...FOLLOWED, 'NOT_PURSUED', 'REFUSED'];
const A3 = 'A.3 EXTRADITION_CONSULTATION [D]';

/** On the prospects of an extradition. Nobody is arrested by it, and it is not refused before the other side was heard (44(17)). */
export const EXTRADITION_CONSULTATION: Machine = {
  opened: 'SUBMITTED',
  ended: [...SETTLED, 'CLOSED'],
  states: ['DRAFT', 'SUBMITTED', 'UNDECIPHERABLE', ...OPEN, ...SETTLED, 'CLOSED'],
  table: [
    ...arrival(A3),
    ...discussion(TALKING, A3),
    { from: ['DISCUSSING'], step: 'PROCEED', actor: 'Q', to: 'PROCEED', clock: 'MET', source: A3 },
    // an opportunity to present opinions is one only where they may be followed, and what needs none any more waits for nobody
    { from: CONSULTING, step: 'PROCEED', actor: 'Q', to: 'PROCEED', clock: 'MET', source: '44(9) [M]; 44(17) [F2:S3]' },
    { from: ['SUBMITTED', 'UNDECIPHERABLE', ...OPEN], step: 'NOT_PURSUED', actor: 'R', to: 'NOT_PURSUED', clock: 'MET', source: A3 },
    {
      from: [...TALKING, 'CONDITIONS_PROPOSED'],
      step: 'PRE_REFUSAL_CONSULTATION',
      actor: 'Q',
      to: 'PRE_REFUSAL_CONSULTATION',
      consultation: 'OPENS',
      source: '44(17) [F2:S3]',
    },
    {
      from: ['PRE_REFUSAL_CONSULTATION'],
      step: 'VIEWS_SUBMITTED',
      actor: 'R',
      to: 'VIEWS_SUBMITTED',
      consultation: 'ANSWERS',
      source: '44(17) [F2:S3]',
    },
    ...conditions(['DISCUSSING', 'PRE_REFUSAL_CONSULTATION', 'VIEWS_SUBMITTED'], 'GRANTED_UNDER_CONDITIONS', 'VIEWS_SUBMITTED').map(
      (row): Transition => (row.step === 'CONDITIONS_ACCEPTED' ? { ...row, clock: 'MET' } : row),
    ),
    {
      from: [...TALKING, ...CONSULTING],
      step: 'REFUSE',
      actor: 'Q',
      to: 'REFUSED',
      clock: 'MET',
      consultation: 'OWED',
      source: '44(17) [F2:S3], where appropriate',
    },
    {
      from: CONSULTING,
      step: 'PROSECUTE_INSTEAD',
      actor: 'Q',
      to: 'PROSECUTE_INSTEAD',
      clock: 'MET',
      consultation: 'OWED',
      source: '44(11) [M]',
    },
    ...asides(OPEN),
    // how the proceedings go that came of it, which outlast the consultation
    { from: [...FOLLOWED, 'CLOSED'], step: 'STATUS_REQUEST', actor: 'R', to: 'SAME', source: '[S¶14]; 44(11) [M]' },
    { from: [...FOLLOWED, 'CLOSED'], step: 'STATUS_REPLY', actor: 'Q', to: 'SAME', source: '[S¶14]; 44(11) [M]' },
    ...closing(SETTLED, [], 'R'),
    verification([...OPEN, ...SETTLED, 'CLOSED']),
  ],
};
