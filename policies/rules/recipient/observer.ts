import type { Authority } from '../../../domain/authority.js';
import type { Remedy } from '../../../domain/violation.js';
import { isAboutWhatWasGiven, isWordAlone } from '../../channels.js';
import type { FactsOf } from '../../facts.js';
import { chooseAnother } from '../../remedies.js';
import { rule } from '../../rule.js';
import { addresseeOf, NONE } from '../../vocabulary.js';

type Observed = FactsOf<'send' | 'release' | 'consent' | 'access'>;

interface Receiver {
  readonly id: string;
  readonly authority: Authority | null;
  /** asked for where it is said: to find another takes longer than all the rest */
  readonly remedy: () => Remedy;
}

/** Whoever asks receives the answer; what it tells unasked brings it none. */
const asks = ({ envelope, exchange }: FactsOf<'send'>): boolean =>
  exchange === null && envelope.exchangeType !== 'SPONTANEOUS_DISCLOSURE' && !isAboutWhatWasGiven(envelope);

function receiversOf(facts: Observed): readonly Receiver[] {
  if (facts.action === 'access') return [{ id: facts.access.reader, authority: facts.reader, remedy: () => NONE }];
  const to = addresseeOf(facts);
  if (facts.action === 'consent')
    return [{ ...to, remedy: () => ({ action: 'choose-addressee', types: [facts.consent.recipient.authorityType] }) }];
  const addressed = { ...to, remedy: () => chooseAnother(facts) };
  if (facts.action === 'release') return [addressed];
  const asker = { id: facts.envelope.from, authority: facts.from, remedy: () => NONE };
  return [...(asks(facts) ? [asker] : []), ...(isWordAlone(facts, null) ? [] : [addressed])];
}

export const observer = rule({
  id: 'recipient/observer',
  code: 'OBSERVER_NO_CASE_DATA',
  on: ['send', 'release', 'consent', 'access'],
  source: '5.1 [F:S36]; [S¶8-11]',
  sentence: '{to} takes part as an observer and receives no case data.',
  remedy: 'Choose an addressee that takes part in operational exchange.',
  violatedBy(facts) {
    return receiversOf(facts)
      .filter(({ authority }) => authority?.standing === 'OBSERVER')
      .map(({ id, remedy }) => ({ fill: { to: id }, offenders: [id], remedy: remedy() }));
  },
});
