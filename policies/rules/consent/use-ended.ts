import { endedAt } from '../../../domain/consent.js';
import { formatInstant } from '../../../domain/time.js';
import { barsOf } from '../../in-the-way.js';
import { askConsent } from '../../remedies.js';
import { rule } from '../../rule.js';

export const useEnded = rule({
  id: 'consent/use-ended',
  code: 'CONSENT_EXPIRED_OR_REVOKED',
  on: ['use'],
  source: 'A.3 CONSENT_REQUEST: REVOKED stops future use [D]; rulings 4',
  sentence:
    '{holder} has {item} by the consent {consent} of {originator}, which ended at {end}: it, and what {holder} made from it, is read and not used any more.',
  remedy: 'Ask the originator anew.',
  violatedBy(facts) {
    const { use, now } = facts;
    return barsOf(facts, 'ended').map(({ item, grant }) => ({
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
