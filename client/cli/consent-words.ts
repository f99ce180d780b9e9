/** Consent, its refusal and its end, as they were signed: to what, for whom, for what, until when. */
import { saidIn } from '../sdk/index.js';
import { memberLines } from './member-lines.js';
import { wrapped } from './wrapped.js';

export const CONSENTING: ReadonlySet<string> = new Set([
  'parley-consent+json',
  'parley-consent-refusal+json',
  'parley-consent-revocation+json',
]);
const SAYS = ['consent', 'items', 'fields', 'recipient', 'purposes', 'from', 'until', 'conditions', 'codes', 'text'];

/** Of consent: to what it is given, for whom, for what and until when; on which grounds not; which one ends. */
export const saysOf = (compact: string): object =>
  Object.fromEntries(Object.entries(saidIn(compact)).filter(([name]) => SAYS.includes(name)));

/** For people, who typed what it is bound to as --proceedings. @param says as `saysOf` gives it */
export const consentLines = (says: object): string[] => {
  const named = Object.entries(says).map(([name, value]): [string, unknown] => [name === 'conditions' ? 'proceedings' : name, value]);
  return memberLines(Object.fromEntries(named)).flatMap((line) => wrapped(line, '  '));
};
