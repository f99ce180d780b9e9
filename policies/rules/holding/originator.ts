import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { itemsOf, named, saysOnlyThatItCannot } from '../../vocabulary.js';

function speaker(facts: FactsOf<'consent' | 'consent-refusal' | 'label' | 'verification'>) {
  if (facts.action === 'verification') return facts.verification.originator;
  if (facts.action === 'consent') return facts.consent.originator;
  return facts.action === 'label' ? facts.change.originator : facts.refusal.originator;
}

export const originator = rule({
  id: 'holding/originator',
  code: 'NOT_ORIGINATOR',
  on: ['consent', 'consent-refusal', 'label', 'verification'],
  source: '6.4 ORCON [F:S44]; rule 0.6',
  sentence: '{authority} is not an originator of {item}; only {originators} may decide about it.',
  remedy: 'Ask an originator of the item.',
  violatedBy(facts) {
    // asked as who handed it on, a holder may say that it cannot, and nothing more
    if (facts.action === 'consent-refusal' && saysOnlyThatItCannot(facts)) return [];
    const authority = speaker(facts);
    return itemsOf(facts)
      .filter((item) => !item.label.originators.includes(authority))
      .map((item) => ({
        fill: { authority, item: item.digest, originators: named(item.label.originators) },
        offenders: [item.digest],
        remedy: { action: 'ask-originator', originators: item.label.originators },
      }));
  },
});
