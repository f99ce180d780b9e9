import type { AuthorityId } from '../../../domain/ids.js';
import type { FactsOf } from '../../facts.js';
import { clearsAccused } from '../../held-on.js';
import { askOwner } from '../../remedies.js';
import { rule } from '../../rule.js';
import { lawfulWayOf, ownersOf, returnsTo } from '../../vocabulary.js';

/** Its own, or what clears an accused: its source heard of that by the notice, and is not waited for any longer (46(5)). */
function needsNoWord(facts: FactsOf<'release' | 'use'>): (owner: AuthorityId) => boolean {
  if (facts.action === 'use') {
    const clears = clearsAccused(facts);
    return (owner) => owner === facts.use.holder || clears(owner);
  }
  return lawfulWayOf(facts) === 'EXCULPATORY' ? () => true : returnsTo(facts);
}

export const contactSource = rule({
  id: 'label/contact-source',
  code: 'CONTACT_SOURCE_FIRST',
  on: ['release', 'use'],
  source: 'INTERPOL practice, as the law of one State tells it (Ohio Adm. Code 4501:2-10-14) [F:S34]; A.5',
  sentence: '{owner} is to be asked about {item} before that is used, acted on or handed on.',
  remedy: 'Ask the source, and cite the verification that it signs; a holder whose caveat it is hands the item on anew without it.',
  violatedBy(facts) {
    const isFree = needsNoWord(facts);
    const isSettled = (owner: AuthorityId): boolean => isFree(owner) || facts.verifiedWith.includes(owner);
    return ownersOf(facts.item.label, 'CONTACT_SOURCE_BEFORE_ACTION', isSettled).map((owner) => ({
      fill: { item: facts.item.digest, owner },
      offenders: [owner],
      remedy: askOwner(facts.item, owner),
    }));
  },
});
