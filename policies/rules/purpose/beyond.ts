import type { AuthorityId } from '../../../domain/ids.js';
import type { Remedy } from '../../../domain/violation.js';
import type { FactsOf } from '../../facts.js';
import { askConsent, askFor, boundConsent } from '../../remedies.js';
import { rule } from '../../rule.js';
import { type Intention, intentionOf, isEvidence, named, NONE, objectors } from '../../vocabulary.js';

function mendOf(facts: FactsOf<'release' | 'access' | 'use'>, originator: AuthorityId, { item, purpose }: Intention): Remedy {
  if (facts.action === 'access') return NONE;
  return facts.action === 'release' ? askFor(facts, originator) : askConsent(originator, item, facts.use.holder, purpose);
}

export const beyond = rule({
  id: 'purpose/beyond',
  code: 'USE_BEYOND_PURPOSE',
  on: ['release', 'access', 'use'],
  source: 'UNCAC 46(19) [F2:S3,S4]; INR.40 ¶3 [M]; AMLD6 34(1) [F:S18]; Egmont ¶38 [F2:S9]',
  sentence: '{purpose} is beyond the purposes for which {originators} gave {item} ({purposes}).{bound}',
  remedy: 'Ask the originator for consent to this purpose; where it consents in some proceedings alone, use it in these, and name them.',
  violatedBy(facts) {
    const intention = intentionOf(facts);
    const { item, purpose } = intention;
    // as evidence it is another rule's matter, and a label without any purpose too
    if (isEvidence(item.label, purpose) || item.label.purposes.length === 0) return [];
    const [first, ...more] = objectors(intention);
    if (first === undefined) return [];
    const against = [first, ...more] as const;
    const { told: bound, asked, remedy } = boundConsent(facts, against);
    return [
      {
        fill: { purpose, originators: named(against), item: item.digest, purposes: named(item.label.purposes), bound },
        offenders: against,
        remedy: remedy ?? mendOf(facts, asked, intention),
      },
    ];
  },
});
