import { endedAt, type Consent } from '../../../domain/consent.js';
import { formatInstant } from '../../../domain/time.js';
import type { UseFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { askConsent, intentionOf } from '../../vocabulary.js';

/** Grants that ended and were not given anew, one at least under each release that would let it be used now; empty: nothing stands against it. */
function endedUnder(facts: UseFacts): readonly Consent[] {
  const { heldBy, consents, now } = facts;
  const { agrees } = intentionOf(facts);
  const ended = consents.filter((grant) => endedAt(grant, now) !== null && !agrees(grant.originator));
  // sealed anew to oneself it rests on what gave it before
  const current = (heldBy ?? []).filter(({ until, isReseal }) => now < until && !isReseal);
  const under = current.map(({ consents: cited }) => ended.filter(({ digest }) => cited.includes(digest)));
  return under.every((grants) => grants.length > 0) ? [...new Set(under.flat())] : [];
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
    return endedUnder(facts).map((grant) => ({
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
