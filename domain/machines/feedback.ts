import type { Machine, Transition } from '../machine.js';
import { arrival, closing } from './request-rows.js';

const OPEN = ['DELIVERED', 'ACKNOWLEDGED'];

/** What information was good for, where the exchange that gave it is over. */
export const FEEDBACK: Machine = {
  opened: 'SUBMITTED',
  ended: ['CLOSED'],
  states: ['DRAFT', 'SUBMITTED', 'UNDECIPHERABLE', ...OPEN, 'CLOSED'],
  // nothing more is owed once it has arrived
  table: [
    ...arrival('INR.40 ¶1 [F:S13]').map((row): Transition => (row.step === 'ACKNOWLEDGE' ? { ...row, clock: 'MET' } : row)),
    ...closing(['ACKNOWLEDGED'], ['DELIVERED'], 'EITHER'),
  ],
};
