import { clearsAccused } from '../../held-on.js';
import { askOwner } from '../../remedies.js';
import { rule } from '../../rule.js';
import { caveatsOf } from '../../vocabulary.js';

export const openUse = rule({
  id: 'label/open-use',
  code: 'CONFIDENTIALITY_OF_FACT',
  on: ['use'],
  source: 'UNCAC 46(5), 46(20) [M]; 7.5 [D]; [S¶22, ¶33-36]',
  sentence: '{owner} keeps it confidential that {item} exists, and {action} use of it shows it to others.',
  remedy: 'Use it so that nobody notices, wait for the day, or ask the owner of the caveat.',
  violatedBy(facts) {
    const { use, item, now } = facts;
    const { action, holder } = use;
    if (action !== 'OPEN') return [];
    const silent = [
      ...caveatsOf(item.label, 'CONFIDENTIAL_FACT'),
      ...caveatsOf(item.label, 'CONFIDENTIAL_UNTIL').filter(({ until }) => now < until),
    ];
    const clears = clearsAccused(facts);
    const owners = [...new Set(silent.map(({ by }) => by))].filter((owner) => owner !== holder && !clears(owner));
    return owners.map((owner) => ({
      fill: { owner, item: item.digest, action },
      offenders: [owner],
      remedy: askOwner(item, owner),
    }));
  },
});
