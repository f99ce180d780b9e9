import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

export const lifted = rule({
  id: 'holding/lifted',
  code: 'CAVEAT_WEAKENED',
  on: ['label'],
  source: 'rule 0.6; UNCAC 46(5) [M]; A.5, loosened by [D]; rulings 2: caveats have owners',
  sentence: '{authority} set no {caveat} on {item}; it is relaxed by who set it: {owners}.',
  remedy: 'Lift only what you set yourself; ask the owner of the caveat for the rest.',
  violatedBy({ change, item }) {
    const { originator, lifts = [] } = change;
    return lifts
      .map((code) => ({ code, owners: item.label.caveats.filter((caveat) => caveat.code === code).map(({ by }) => by) }))
      .filter(({ owners }) => !owners.includes(originator))
      .map(({ code, owners }) => ({
        fill: { authority: originator, caveat: code, item: item.digest, owners: named(owners) },
        offenders: owners.length === 0 ? [code] : owners,
        remedy: owners.length === 0 ? { action: 'none' } : { action: 'ask-originator', originators: owners },
      }));
  },
});
