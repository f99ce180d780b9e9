import { WAYS } from '../../../domain/lawful-way.js';
import { rule } from '../../rule.js';
import { lawfulWayOf, NONE } from '../../vocabulary.js';

export const openTo = rule({
  id: 'lawful/open-to',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['notice', 'release'],
  source: 'INR.40 ¶14: supervisors [F2:S9]',
  sentence: '{way} is open to who holds {item} as {type}.',
  remedy: 'Ask the originators for consent.',
  violatedBy(facts) {
    const { item, heldAs } = facts;
    const { holder } = facts.action === 'notice' ? facts.notice : facts.release;
    const way = facts.action === 'notice' ? facts.notice.way : lawfulWayOf(facts);
    const type = way === null ? null : WAYS[way].heldAs;
    return way === null || type === null || heldAs.includes(type)
      ? []
      : [{ fill: { way, item: item.digest, type }, offenders: [holder], remedy: NONE }];
  },
});
