import { WAYS } from '../../../domain/lawful-way.js';
import { rule } from '../../rule.js';
import { NONE } from '../../vocabulary.js';

export const openTo = rule({
  id: 'lawful/open-to',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['notice'],
  source: 'INR.40 ¶14: supervisors [F2:S9]',
  sentence: '{way} is open to who holds {item} as {type}.',
  remedy: 'Ask the originators for consent.',
  violatedBy({ notice, item, heldAs }) {
    const type = WAYS[notice.way].heldAs;
    return type === null || heldAs.includes(type)
      ? []
      : [{ fill: { way: notice.way, item: item.digest, type }, offenders: [notice.holder], remedy: NONE }];
  },
});
