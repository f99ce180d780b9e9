import type { AuthorityId } from '../../../domain/ids.js';
import { formatInstant } from '../../../domain/time.js';
import type { FactsOf } from '../../facts.js';
import { askOwner } from '../../remedies.js';
import { rule } from '../../rule.js';
import { caveatsOf, returnsTo } from '../../vocabulary.js';

const isOwn = (facts: FactsOf<'release' | 'use'>): ((owner: AuthorityId) => boolean) =>
  facts.action === 'release' ? returnsTo(facts) : (owner) => owner === facts.use.holder;

export const condition = rule({
  id: 'label/condition',
  code: 'CONDITION_NOT_MET',
  on: ['release', 'use'],
  source: 'UNCAC 46(26) [M]; rulings 1',
  sentence: '{owner} gave {item} on the condition that nothing is done with it before {date}.',
  remedy: 'Wait, or ask the originator to change the condition.',
  violatedBy(facts) {
    const own = isOwn(facts);
    return caveatsOf(facts.item.label, 'CONDITIONS').flatMap(({ by, notBefore }) =>
      notBefore === null || facts.now >= notBefore || own(by)
        ? []
        : [
            {
              fill: { owner: by, item: facts.item.digest, date: formatInstant(notBefore) },
              offenders: [by],
              remedy: askOwner(facts.item, by),
            },
          ],
    );
  },
});
