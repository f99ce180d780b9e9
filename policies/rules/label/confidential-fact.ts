import { standsAside } from '../../exemptions.js';
import { askFor } from '../../remedies.js';
import { rule } from '../../rule.js';
import { ownersOf } from '../../vocabulary.js';

export const confidentialFact = rule({
  id: 'label/confidential-fact',
  code: 'CONFIDENTIALITY_OF_FACT',
  on: ['release'],
  source: 'UNCAC 46(20) [M]; rule 0.7',
  sentence: '{owner} keeps it confidential that {item} exists; it is disclosed only as needed to execute the request.',
  remedy: 'Ask the requester, or say promptly that confidentiality cannot be kept.',
  violatedBy(facts) {
    const { item } = facts;
    return ownersOf(item.label, 'CONFIDENTIAL_FACT', standsAside(facts, 'CONFIDENTIAL_FACT')).map((owner) => ({
      fill: { owner, item: item.digest },
      offenders: [owner],
      remedy: askFor(facts, owner),
    }));
  },
});
