import type { Machine } from '../machine.js';
import { arrival, closing, verification } from './request-rows.js';

const A3 = 'A.3 SPONTANEOUS_DISCLOSURE [D]; 46(4), 56 [M]';

/** Information nobody asked for. The receiver may take it, find it irrelevant, or let it mature into a request; it never drops a caveat. */
export const SPONTANEOUS_DISCLOSURE: Machine = {
  opened: 'SUBMITTED',
  ended: ['ACCEPTED', 'NOT_RELEVANT', 'MATURED', 'CLOSED'],
  states: ['DRAFT', 'SUBMITTED', 'UNDECIPHERABLE', 'DELIVERED', 'ACKNOWLEDGED', 'ACCEPTED', 'NOT_RELEVANT', 'MATURED', 'CLOSED'],
  table: [
    ...arrival(A3),
    { from: ['ACKNOWLEDGED'], step: 'ACCEPT', actor: 'Q', to: 'ACCEPTED', clock: 'MET', source: A3 },
    { from: ['ACKNOWLEDGED'], step: 'NOT_RELEVANT', actor: 'Q', to: 'NOT_RELEVANT', clock: 'MET', source: A3 },
    // what comes of it may take longer than a silence that closes
    { from: ['ACKNOWLEDGED', 'ACCEPTED', 'CLOSED'], step: 'MATURE', actor: 'Q', to: 'MATURED', clock: 'MET', source: A3 },
    ...closing(['ACCEPTED', 'NOT_RELEVANT', 'MATURED'], [], 'EITHER'),
    verification(['DELIVERED', 'ACKNOWLEDGED', 'ACCEPTED', 'MATURED', 'CLOSED']),
    { from: ['ACCEPTED', 'MATURED', 'CLOSED'], step: 'FEEDBACK_REQUEST', actor: 'R', to: 'SAME', source: 'INR.40 ¶1 [F:S13]' },
    { from: ['ACCEPTED', 'MATURED', 'CLOSED'], step: 'FEEDBACK', actor: 'Q', to: 'SAME', source: 'INR.40 ¶1 [F:S13]' },
  ],
};
