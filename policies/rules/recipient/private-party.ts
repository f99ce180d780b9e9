import { rule } from '../../rule.js';
import { isPrivate, NONE } from '../../vocabulary.js';

export const privateParty = rule({
  id: 'recipient/private-party',
  code: 'PRIVATE_PARTY_RECIPIENT',
  on: ['release'],
  source: 'UNCAC 39 [M]; 1.1 [D]; rulings 2',
  sentence: '{to} is no authority: private persons, companies and the press are never recipients.',
  remedy: 'None here. What may be said in public is decided outside the gateway, by the originator.',
  violatedBy({ release }) {
    return isPrivate(release.to) ? [{ fill: { to: release.to }, offenders: [release.to], remedy: NONE }] : [];
  },
});
