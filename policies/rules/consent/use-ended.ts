import { endedAt, type Consent } from '../../../domain/consent.js';
import { formatInstant } from '../../../domain/time.js';
import type { UseFacts } from '../../facts.js';
import { inTheWay } from '../../held-on.js';
import { askConsent } from '../../remedies.js';
import { rule } from '../../rule.js';
import { intentionOf } from '../../vocabulary.js';

/** Grants that ended and were not given anew. */
function ended(facts: UseFacts): readonly Consent[] {
  const { agrees } = intentionOf(facts);
  return facts.consents.filter((grant) => endedAt(grant, facts.now) !== null && !agrees(grant.originator));
}

export const useEnded = rule({
  id: 'consent/use-ended',
  code: 'CONSENT_EXPIRED_OR_REVOKED',
  on: ['use'],
  source: 'A.3 CONSENT_REQUEST: REVOKED stops future use [D]; rulings 4',
  sentence: '{holder} has {item} by the consent {consent} of {originator}, which ended at {end}: it is read and not used any more.',
  remedy: 'Ask the originator anew.',
  violatedBy(facts) {
    const { use, item, now } = facts;
    return inTheWay(facts, ended(facts)).map((grant) => ({
      fill: {
        holder: use.holder,
        item: item.digest,
        consent: grant.digest,
        originator: grant.originator,
        end: formatInstant(endedAt(grant, now)!),
      },
      offenders: [grant.digest],
      remedy: askConsent(grant.originator, item, use.holder, use.purpose),
    }));
  },
});
