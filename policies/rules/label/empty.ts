import { rule } from '../../rule.js';
import { agreesToRelease, itemsOf, intentionOf } from '../../vocabulary.js';
import type { FactsOf, ItemFacts } from '../../facts.js';

/** It may go back to all its originators, and serve a purpose that each of them has granted. */
function isSettled(facts: FactsOf<'send' | 'release' | 'access' | 'use'>, item: ItemFacts): boolean {
  if (facts.action === 'send') return item.label.originators.includes(facts.envelope.to);
  const agrees = facts.action === 'release' ? agreesToRelease(facts) : intentionOf(facts).agrees;
  return item.label.originators.every((originator) => agrees(originator));
}

export const empty = rule({
  id: 'label/empty',
  code: 'LABEL_EMPTY',
  on: ['send', 'release', 'access', 'use'],
  source: 'rulings 3',
  sentence: '{item} has no purpose left: it may be kept and returned to its originators, and nothing else.',
  remedy: 'Ask every originator for the purpose.',
  violatedBy(facts) {
    return itemsOf(facts)
      .filter((item) => item.label.purposes.length === 0 && !isSettled(facts, item))
      .map((item) => ({
        fill: { item: item.digest },
        offenders: [item.digest],
        remedy: { action: 'ask-originator', originators: item.label.originators },
      }));
  },
});
