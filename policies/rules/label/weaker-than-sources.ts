import { holdersIn } from '../../../domain/handed-on.js';
import { isAtLeast, tightest } from '../../../domain/label.js';
import { rule } from '../../rule.js';
import { enclosureOf, named } from '../../vocabulary.js';

export const weakerThanSources = rule({
  id: 'label/weaker-than-sources',
  code: 'CAVEAT_WEAKENED',
  on: ['send', 'consent-refusal'],
  source: 'rule 0.25; UNCAC 46(5) [M]; rulings 3',
  sentence: 'The label of {item} is weaker than that of what it is made from; only {originators} can relax it.',
  remedy: 'Label it with the join of its sources, to which you may only add.',
  violatedBy(facts) {
    return enclosureOf(facts).items.flatMap((item) => {
      const floor = tightest(item.sources.filter((source) => source !== null));
      return floor === null || isAtLeast(item.label, floor)
        ? []
        : [
            {
              fill: { item: item.digest, originators: named([...floor.originators, ...holdersIn(floor)]) },
              offenders: [item.digest],
              remedy: { action: 'keep-label' },
            },
          ];
    });
  },
});
