/** Clocks that several profiles share (A.7). */
import type { ExchangeType } from '../vocabulary.js';
import type { ProfileClock } from './profile.js';

export const acknowledge = (amount: number, on: readonly ExchangeType[]): ProfileClock => ({
  code: amount === 2 ? 'ACK_DEFAULT' : `ACK_${amount}BD`,
  kind: 'ACK',
  on,
  amount,
  unit: 'BUSINESS_DAYS',
  source: 'Egmont "acknowledge" [F2:S9], the number [D]',
  binding: 'internal target',
});

/** AMLD6 34(2) says "promptly"; the number is ours. Silence is no consent, whatever this clock says. */
export const CONSENT_5BD: ProfileClock = {
  code: 'CONSENT_5BD',
  kind: 'FINAL',
  on: ['CONSENT_REQUEST'],
  amount: 5,
  unit: 'BUSINESS_DAYS',
  source: 'AMLD6 34(2) [F:S18], the number [D]',
  binding: 'internal target',
};
