import type { AuthorityId } from '../../../domain/ids.js';
import type { ItemFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { addresseeOf, goesHome, itemsOf, NONE, ownersOf, returnsTo } from '../../vocabulary.js';

export const privileged = rule({
  id: 'label/privileged',
  code: 'PRIVILEGED_NOT_EXCHANGEABLE',
  on: ['send', 'release'],
  source: 'INR.40 ¶2(b), the exception [M]',
  sentence: '{item} is legally privileged and is not exchanged.',
  remedy: 'Leave it out; where an answer is owed, say LEGAL_PRIVILEGE, or what the profile has for it among its grounds.',
  violatedBy(facts) {
    const to = addresseeOf(facts).id;
    const isReturn = (item: ItemFacts) =>
      facts.action === 'release'
        ? returnsTo(facts)
        : (owner: AuthorityId): boolean => owner === to || goesHome(item, owner, facts.envelope.to, facts.envelope.toType);
    return itemsOf(facts)
      .filter((item) => ownersOf(item.label, 'PRIVILEGED', isReturn(item)).length > 0)
      .map((item) => ({ fill: { item: item.digest }, offenders: [item.digest], remedy: NONE }));
  },
});
