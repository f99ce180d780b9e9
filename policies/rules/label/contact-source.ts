import type { AuthorityId } from '../../../domain/ids.js';
import type { FactsOf } from '../../facts.js';
import { askOwner } from '../../remedies.js';
import { rule } from '../../rule.js';
import { ownersOf, returnsTo } from '../../vocabulary.js';

const isOwn = (facts: FactsOf<'release' | 'use'>): ((owner: AuthorityId) => boolean) =>
  facts.action === 'release' ? returnsTo(facts) : (owner) => owner === facts.use.holder;

export const contactSource = rule({
  id: 'label/contact-source',
  code: 'CONTACT_SOURCE_FIRST',
  on: ['release', 'use'],
  source: 'INTERPOL practice [F:S34]; A.5',
  sentence: 'Verify {item} with {owner} before it is used, acted on or handed on.',
  remedy: 'Ask the source; cite the verification that it signs.',
  violatedBy(facts) {
    const own = isOwn(facts);
    const isSettled = (owner: AuthorityId): boolean => own(owner) || facts.verifiedWith.includes(owner);
    return ownersOf(facts.item.label, 'CONTACT_SOURCE_BEFORE_ACTION', isSettled).map((owner) => ({
      fill: { item: facts.item.digest, owner },
      offenders: [owner],
      remedy: askOwner(facts.item, owner),
    }));
  },
});
