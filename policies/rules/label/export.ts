import { askOwner } from '../../remedies.js';
import { rule } from '../../rule.js';
import { lawfulWayOf, ownersOf, returnsTo } from '../../vocabulary.js';

export const exportAllowed = rule({
  id: 'label/export',
  code: 'EXPORT_NOT_ALLOWED',
  on: ['release'],
  source: 'A.5 NO_EXPORT (DISPLAYONLY) [F:S44]; rulings 2',
  sentence: '{owner} lets {item} be looked at and not handed out, whatever was consented.',
  remedy: 'Ask the originator to give it to the recipient itself, or to lift the caveat.',
  violatedBy(facts) {
    // 46(5) lets no restriction of a source prevent what clears an accused from being disclosed, once the source was told
    if (lawfulWayOf(facts) === 'EXCULPATORY') return [];
    return ownersOf(facts.item.label, 'NO_EXPORT', returnsTo(facts)).map((owner) => ({
      fill: { owner, item: facts.item.digest },
      offenders: [owner],
      remedy: askOwner(facts.item, owner),
    }));
  },
});
