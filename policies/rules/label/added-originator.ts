import { rule } from '../../rule.js';
import { isCurrent, named } from '../../vocabulary.js';

export const addedOriginator = rule({
  id: 'label/added-originator',
  code: 'ADDRESSEE_NOT_DESIGNATED',
  on: ['label'],
  source: 'rulings 2: a consent is the originator’s signed exception; [S¶16] [D]',
  sentence: 'Originators that {authority} adds to {item} are no current entry of the directory: {strangers}.',
  remedy: 'Name as originators authorities that the directory lists now: nobody else could be asked for a consent.',
  violatedBy({ change, item, added, now }) {
    const strangers = added.filter(({ authority }) => authority === null || !isCurrent(authority, now)).map(({ id }) => id);
    return strangers.length === 0
      ? []
      : [
          {
            fill: { authority: change.originator, item: item.digest, strangers: named(strangers) },
            offenders: strangers,
            remedy: { action: 'choose-addressee', types: [] },
          },
        ];
  },
});
