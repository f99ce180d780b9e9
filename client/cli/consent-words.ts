/** Consent, its refusal and its end, notices and what is answered to them, as they were signed: to what, for whom, for what, until when. */
import { saidIn } from '../sdk/index.js';
import { memberLines } from './member-lines.js';
import { wrapped } from './wrapped.js';

/** What tells all that it says by its own members. */
export const SAYING: ReadonlySet<string> = new Set([
  'parley-consent+json',
  'parley-consent-refusal+json',
  'parley-consent-revocation+json',
  'parley-notice+json',
  'parley-approval+json',
  'parley-consultation+json',
  'parley-verification+json',
]);
const SAYS: ReadonlySet<string> = new Set([
  ...['consent', 'items', 'fields', 'recipient', 'purposes', 'from', 'until', 'conditions', 'codes', 'text'],
  ...['answer', 'notice', 'way', 'item', 'purpose', 'legalBasis', 'reason', 'impossible', 'disclosedAt', 'deputy'],
]);

/** Of consent: to what it is given, for whom, for what and until when; on which grounds not; which one ends. Of a notice and an answer likewise. */
export const saysOf = (compact: string): object => Object.fromEntries(Object.entries(saidIn(compact)).filter(([name]) => SAYS.has(name)));

/** For people, who typed what it is bound to as --proceedings. @param says as `saysOf` gives it */
export const consentLines = (says: object): string[] => {
  const named = Object.entries(says).map(([name, value]): [string, unknown] => [name === 'conditions' ? 'proceedings' : name, value]);
  return memberLines(Object.fromEntries(named)).flatMap((line) => wrapped(line, '  '));
};
