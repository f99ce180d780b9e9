import { barsOf } from '../../in-the-way.js';
import { askConsent } from '../../remedies.js';
import { rule } from '../../rule.js';
import { intentionOf, named, NONE } from '../../vocabulary.js';

export const useScope = rule({
  id: 'consent/use-scope',
  code: 'CONSENT_SCOPE_EXCEEDED',
  on: ['access', 'use'],
  source: 'rulings 2: a consent is for its recipient, type, purposes and items; INR.40 ¶3 [M]',
  sentence:
    '{holder} has {item} by the consent {consent} of {originator}, which is for {purposes} and not for {purpose}; so is what {holder} made from it.',
  remedy: 'Say the purpose that it was given for, or ask the originator for consent to this one.',
  violatedBy(facts) {
    const { purpose } = intentionOf(facts);
    const holder = facts.action === 'access' ? facts.access.reader : facts.use.holder;
    return barsOf(facts, 'beside').map(({ item, grant }) => ({
      fill: {
        holder,
        item: item.digest,
        consent: grant.digest,
        originator: grant.originator,
        purposes: named(grant.purposes),
        purpose,
      },
      offenders: [grant.digest],
      remedy: facts.action === 'access' ? NONE : askConsent(grant.originator, item, holder, purpose),
    }));
  },
});
