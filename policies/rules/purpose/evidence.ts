import { rule } from '../../rule.js';
import { FORMAL_MLA, intentionOf, isEvidence, named, objectors } from '../../vocabulary.js';

export const evidence = rule({
  id: 'purpose/evidence',
  code: 'EVIDENCE_USE_PROHIBITED',
  on: ['release', 'access', 'use'],
  source: '[S¶29]; rules 0.2, 0.11; H1 [F:S23]',
  sentence: '{item} was given by {originators} as intelligence; {purpose} needs evidence, which a formal request obtains.',
  remedy: 'Obtain evidence by formal request. For an exculpatory disclosure notify the originator first.',
  violatedBy(facts) {
    const intention = intentionOf(facts);
    const { item, purpose } = intention;
    if (!isEvidence(item.label, purpose)) return [];
    const against = objectors(intention);
    if (against.length === 0) return [];
    const remedy = purpose === 'EXCULPATORY' ? ({ action: 'exculpatory-notice' } as const) : FORMAL_MLA;
    return [{ fill: { item: item.digest, originators: named(against), purpose }, offenders: against, remedy }];
  },
});
