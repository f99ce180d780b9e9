import { levelExceeds } from '../../../domain/label.js';
import { CLASSICAL_SUITES, SUITES, type Suite } from '../../../domain/vocabulary.js';
import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { handedOver, named } from '../../vocabulary.js';

/** Suites that this act adds, beside those under which the item is sealed already. */
function addedBy(facts: FactsOf<'send' | 'release' | 'consent' | 'consent-refusal'>): readonly Suite[] {
  if (facts.action === 'consent') return facts.consent.suites;
  return facts.action === 'release' && facts.release.suite !== undefined ? [facts.release.suite] : [];
}

export const protection = rule({
  id: 'level/protection',
  code: 'PROTECTION_TOO_WEAK',
  on: ['send', 'release', 'consent', 'consent-refusal'],
  source: 'rulings 2; protocol 4 [D]; INR.40 ¶4 [M]',
  sentence: '{item} is {level}: from {floor} on, {suites} is too weak, because a later quantum computer opens it.',
  remedy: 'Seal it to a hybrid key of the recipient; one classical seal takes the protection from the whole item.',
  violatedBy(facts) {
    const floor = facts.deployment.postQuantumFrom;
    if (floor === null) return [];
    return handedOver(facts).flatMap((item) => {
      const weak = [...new Set([...item.suites, ...addedBy(facts)])].filter((suite) => CLASSICAL_SUITES.has(suite));
      return weak.length === 0 || levelExceeds(floor, item.label.level)
        ? []
        : [
            {
              fill: { item: item.digest, level: item.label.level, floor, suites: named(weak) },
              offenders: [item.digest],
              remedy: { action: 'reseal', suites: SUITES.filter((suite) => !CLASSICAL_SUITES.has(suite)) },
            },
          ];
    });
  },
});
