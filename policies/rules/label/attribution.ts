import { askOwner } from '../../remedies.js';
import { rule } from '../../rule.js';
import { lawfulWayOf, ownersOf, returnsTo } from '../../vocabulary.js';

export const attribution = rule({
  id: 'label/attribution',
  code: 'EXPORT_NOT_ALLOWED',
  on: ['release'],
  source: 'A.5 ATTRIBUTION_MUST_NOT: IEP 2.0 [F:S44]; rulings 2: it cannot be kept when the signature travels',
  sentence: '{owner} is never to be named as the source of {item}, and its signature goes with it, whatever was consented.',
  remedy: 'Ask the originator to give it to the recipient itself, or to lift the caveat.',
  violatedBy(facts) {
    // what a court or whoever averts a threat is given, by two persons and with word to the source, no restriction of a source bars
    if (lawfulWayOf(facts) !== null) return [];
    return ownersOf(facts.item.label, 'ATTRIBUTION_MUST_NOT', returnsTo(facts)).map((owner) => ({
      fill: { owner, item: facts.item.digest },
      offenders: [owner],
      remedy: askOwner(facts.item, owner),
    }));
  },
});
