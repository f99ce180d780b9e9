import type { ReleaseFacts, UseFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** Does it hand it to another of its own types than it has it as? */
const crossesOver = (facts: ReleaseFacts | UseFacts): boolean => {
  if (facts.action !== 'release') return false;
  const { holder, to, toType } = facts.release;
  return to === holder && toType !== undefined && !facts.heldAs.includes(toType);
};

export const capacity = rule({
  id: 'holding/capacity',
  code: 'MISSING_FIELD',
  on: ['release', 'use'],
  source: 'rulings 1, 2: one body in two roles [S¶29]; [D]',
  sentence: '{holder} does not say as which of its types it acts on {item}; it has it as {types}, and each is a stranger to the others.',
  remedy: 'Say as which of your types you act.',
  violatedBy(facts) {
    const { heldAs, item } = facts;
    const { holder, holderType } = facts.action === 'release' ? facts.release : facts.use;
    if (holderType !== undefined || (heldAs.length <= 1 && !crossesOver(facts))) return [];
    return [
      {
        fill: { holder, item: item.digest, types: named(heldAs) },
        offenders: heldAs,
        remedy: { action: 'complete-field', fields: ['holderType'] },
      },
    ];
  },
});
