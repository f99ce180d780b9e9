import { levelExceeds } from '../../../domain/label.js';
import type { Level } from '../../../domain/vocabulary.js';
import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { addresseeOf, handedOver, NONE } from '../../vocabulary.js';

interface Cleared {
  readonly who: string;
  readonly max: Level;
}

/** The officer who acts and the authority that gets it: both need the level. */
function clearedFor(facts: FactsOf<'send' | 'release' | 'access' | 'use' | 'consent' | 'consent-refusal'>): Cleared[] {
  const { officer, authority, clearance } = facts.officer;
  const acting: Cleared = { who: `${authority} ${officer}`, max: clearance };
  if (facts.action === 'access' || facts.action === 'use') return [acting];
  const to = facts.action === 'consent-refusal' ? facts.holder : addresseeOf(facts).authority;
  const receiving = to?.entry ? [{ who: to.id, max: to.entry.clearance }] : [];
  return facts.action === 'consent' ? receiving : [...receiving, acting];
}

export const clearance = rule({
  id: 'level/clearance',
  code: 'CLASSIFICATION_EXCEEDS_CLEARANCE',
  on: ['send', 'release', 'access', 'use', 'consent', 'consent-refusal'],
  source: '6.3 [D]; INR.29 [M]',
  sentence: 'Level {level} of {item} exceeds {max}, up to which {who} is cleared.',
  remedy: 'Let an officer or an authority with the clearance act.',
  violatedBy(facts) {
    return clearedFor(facts).flatMap(({ who, max }) =>
      handedOver(facts)
        .filter((item) => levelExceeds(item.label.level, max))
        .map((item) => ({ fill: { level: item.label.level, item: item.digest, max, who }, offenders: [who, item.digest], remedy: NONE })),
    );
  },
});
