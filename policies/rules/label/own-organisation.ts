import { askFor } from '../../remedies.js';
import { rule } from '../../rule.js';
import { agreesToRelease, ownersOf } from '../../vocabulary.js';

export const ownOrganisation = rule({
  id: 'label/own-organisation',
  code: 'OUTSIDE_OWN_ORGANISATION',
  on: ['release'],
  source: 'A.5 OWN_ORG_ONLY; rulings 2',
  sentence: '{owner} gave {item} for {holder} alone; {to} is another organisation.',
  remedy: 'Ask the owner of the caveat for consent.',
  violatedBy(facts) {
    const { item, release } = facts;
    return ownersOf(item.label, 'OWN_ORG_ONLY', agreesToRelease(facts)).map((owner) => ({
      fill: { owner, item: item.digest, holder: release.holder, to: release.to },
      offenders: [owner],
      remedy: askFor(facts, owner),
    }));
  },
});
