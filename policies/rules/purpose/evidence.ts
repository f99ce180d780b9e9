import type { FactsOf } from '../../facts.js';
import { boundConsent, FORMAL_MLA } from '../../remedies.js';
import { rule } from '../../rule.js';
import { cameFrom, type Intention, intentionOf, isEvidence, isOpenRecord, named, objectors } from '../../vocabulary.js';

/** What is enclosed serves what the envelope is for: an annex of a formal request goes before a court with it. */
function intentionsOf(facts: FactsOf<'send' | 'release' | 'access' | 'use'>): readonly Intention[] {
  if (facts.action !== 'send') return [intentionOf(facts)];
  const { from, to, toType, purposes } = facts.envelope;
  return facts.items
    .filter((item) => !isOpenRecord(item))
    .flatMap((item) => {
      const agrees = (owner: string): boolean => owner === from || (owner === to && cameFrom(item, to, toType));
      return purposes.map((purpose) => ({ item, purpose, agrees }));
    });
}

export const evidence = rule({
  id: 'purpose/evidence',
  code: 'EVIDENCE_USE_PROHIBITED',
  on: ['send', 'release', 'access', 'use'],
  source: '[S¶29]; rules 0.2, 0.11; section 12, cross-profile rule 1 [D]; H1 [F:S23]',
  sentence: '{item} was given by {originators} as intelligence; {purpose} needs evidence, which a formal request obtains.{bound}',
  remedy: 'Obtain evidence by formal request. For an exculpatory disclosure notify the originator first.',
  violatedBy(facts) {
    return intentionsOf(facts).flatMap((intention) => {
      const { item, purpose } = intention;
      const [first, ...more] = isEvidence(item.label, purpose) ? objectors(intention) : [];
      if (first === undefined) return [];
      const against = [first, ...more] as const;
      const bound = boundConsent(facts, against);
      const remedy = bound.remedy ?? (purpose === 'EXCULPATORY' ? ({ action: 'exculpatory-notice' } as const) : FORMAL_MLA);
      return [{ fill: { item: item.digest, originators: named(against), purpose, bound: bound.told }, offenders: against, remedy }];
    });
  },
});
