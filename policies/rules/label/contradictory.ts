import { contradictions, type Label } from '../../../domain/label.js';
import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { named, NONE } from '../../vocabulary.js';

function labelsOf(facts: FactsOf<'send' | 'release' | 'label'>): { of: string; label: Label }[] {
  if (facts.action === 'send') return facts.items.map(({ digest, label }) => ({ of: digest, label }));
  if (facts.action === 'label') return facts.change.label === undefined ? [] : [{ of: facts.item.digest, label: facts.change.label }];
  // a holder may add caveats of its own to what it hands on
  const { label, holder } = facts.release;
  return [{ of: facts.item.digest, label: { ...label, originators: [...label.originators, holder] } }];
}

export const contradictory = rule({
  id: 'label/contradictory',
  code: 'LABEL_CONTRADICTORY',
  on: ['send', 'release', 'label'],
  source: 'A.5, section 6 [D]; rulings 3',
  sentence: 'The label of {item} contradicts itself: {how}.',
  remedy: 'Choose one of the two; the client says which before it seals.',
  violatedBy(facts) {
    return labelsOf(facts).flatMap(({ of, label }) => {
      const found = contradictions(label);
      return found.length === 0 ? [] : [{ fill: { item: of, how: named(found) }, offenders: [of], remedy: NONE }];
    });
  },
});
