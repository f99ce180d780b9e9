import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

export const foreignCaveat = rule({
  id: 'holding/foreign-caveat',
  code: 'NOT_ORIGINATOR',
  on: ['label'],
  source: 'rulings 2: caveats have owners',
  sentence: '{authority} adds caveats in the name of {owners}: each owner adds its own.',
  remedy: 'Add only caveats of your own; ask the other originators for theirs.',
  violatedBy({ change, item }) {
    const known = item.label.caveats.map(({ code, by }) => `${code} ${by}`);
    const added = change.label?.caveats.filter(({ code, by }) => by !== change.originator && !known.includes(`${code} ${by}`)) ?? [];
    const owners = [...new Set(added.map((caveat) => caveat.by))];
    return owners.length === 0
      ? []
      : [
          {
            fill: { authority: change.originator, owners: named(owners) },
            offenders: owners,
            remedy: { action: 'ask-originator', originators: owners },
          },
        ];
  },
});
