import { rule } from '../../rule.js';
import { askConsent, intentionOf, isEvidence, named, NONE, objectors } from '../../vocabulary.js';

export const beyond = rule({
  id: 'purpose/beyond',
  code: 'USE_BEYOND_PURPOSE',
  on: ['release', 'access', 'use'],
  source: 'UNCAC 46(19) [F2:S3,S4]; INR.40 ¶3 [M]; AMLD6 34(1) [F:S18]; Egmont ¶38 [F2:S9]',
  sentence: '{purpose} is beyond the purposes for which {originators} gave {item} ({purposes}).',
  remedy: 'Ask the originator for consent to this purpose.',
  violatedBy(facts) {
    const intention = intentionOf(facts);
    const { item, purpose } = intention;
    // as evidence it is another rule's matter, and a label without any purpose too
    if (isEvidence(item.label, purpose) || item.label.purposes.length === 0) return [];
    const against = objectors(intention);
    const [first] = against;
    if (first === undefined) return [];
    return [
      {
        fill: { purpose, originators: named(against), item: item.digest, purposes: named(item.label.purposes) },
        offenders: against,
        remedy:
          facts.action === 'access'
            ? NONE
            : askConsent(first, item, facts.action === 'release' ? facts.release.to : facts.use.holder, purpose),
      },
    ];
  },
});
