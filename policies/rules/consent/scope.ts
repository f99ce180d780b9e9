import { consentsIn } from '../../../domain/basis.js';
import { askFor } from '../../remedies.js';
import { rule } from '../../rule.js';
import { actOf, isInScope, named } from '../../vocabulary.js';

export const scope = rule({
  id: 'consent/scope',
  code: 'CONSENT_SCOPE_EXCEEDED',
  on: ['release'],
  source: 'A.3 CONSENT_REQUEST [D]; FINTRAC practice [F:S15]; rulings 2',
  sentence: 'Consent {consent} covers {covers} only, not this release.',
  remedy: 'Ask for a consent that covers it; nobody passes a consent on to somebody else.',
  violatedBy(facts) {
    const { cited, item, release } = facts;
    const act = actOf(facts);
    return cited.flatMap((grant, at) => {
      if (grant !== null && isInScope(grant, act)) return [];
      const consent = grant?.digest ?? consentsIn(release.basis)[at] ?? 'unknown';
      const covers = grant === null ? 'nothing known here, and therefore that' : `${grant.recipient} for ${named(grant.purposes)}`;
      const originator = grant?.originator ?? item.label.originators[0]!;
      return [{ fill: { consent, covers }, offenders: [consent], remedy: askFor(facts, originator) }];
    });
  },
});
