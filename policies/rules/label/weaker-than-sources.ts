import type { AuthorityId } from '../../../domain/ids.js';
import { holdersIn } from '../../../domain/handed-on.js';
import { isAtLeast } from '../../../domain/label.js';
import { keepLabel } from '../../remedies.js';
import { rule } from '../../rule.js';
import { enclosureOf, named } from '../../vocabulary.js';

const each = (of: readonly (readonly AuthorityId[])[]): readonly AuthorityId[] => [...new Set(of.flat())].sort();

export const weakerThanSources = rule({
  id: 'label/weaker-than-sources',
  code: 'CAVEAT_WEAKENED',
  on: ['send', 'consent-refusal'],
  source: 'rule 0.25; UNCAC 46(5) [M]; rulings 3',
  sentence: 'The label of {item} is weaker than that of what it is made from; only {originators} can relax it.',
  remedy:
    'Label it with the join of its sources, to which you may only add; where these have more originators than one label names, make it from fewer, or ask an originator for an item of its own.',
  violatedBy(facts) {
    return enclosureOf(facts).items.flatMap((item) => {
      const sources = item.sources.filter((source) => source !== null);
      // as strict as each of them is as strict as their join
      if (sources.every((source) => isAtLeast(item.label, source))) return [];
      const originators = each(sources.map((source) => source.originators));
      const owners = new Set([...originators, ...each(sources.map(holdersIn))]);
      return [
        {
          fill: { item: item.digest, originators: named([...owners]) },
          offenders: [item.digest],
          remedy: keepLabel(originators, originators),
        },
      ];
    });
  },
});
