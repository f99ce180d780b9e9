import type { Remedy } from '../../../domain/violation.js';
import type { FactsOf } from '../../facts.js';
import { chooseAnother } from '../../remedies.js';
import { rule } from '../../rule.js';
import { addresseeOf, NONE } from '../../vocabulary.js';

function insteadOf(facts: FactsOf<'send' | 'release' | 'consent' | 'access'>): Remedy {
  if (facts.action === 'access') return NONE;
  return facts.action === 'consent' ? { action: 'choose-addressee', types: [facts.consent.recipient.authorityType] } : chooseAnother(facts);
}

export const observer = rule({
  id: 'recipient/observer',
  code: 'OBSERVER_NO_CASE_DATA',
  on: ['send', 'release', 'consent', 'access'],
  source: '5.1 [F:S36]; [S¶8-11]',
  sentence: '{to} takes part as an observer and receives no case data.',
  remedy: 'Choose an addressee that takes part in operational exchange.',
  violatedBy(facts) {
    const { id, authority } = facts.action === 'access' ? { id: facts.access.reader, authority: facts.reader } : addresseeOf(facts);
    return authority?.standing === 'OBSERVER' ? [{ fill: { to: id }, offenders: [id], remedy: insteadOf(facts) }] : [];
  },
});
