import { endedAt, type Consent } from '../../../domain/consent.js';
import { formatInstant } from '../../../domain/time.js';
import type { ReleaseFacts } from '../../facts.js';
import { standsAside } from '../../exemptions.js';
import { askFor } from '../../remedies.js';
import { rule } from '../../rule.js';
import { onlyEndedGrants } from '../../vocabulary.js';

/** What it cites, and the only grants that an originator ever gave for it. */
function reliedOn(facts: ReleaseFacts): Consent[] {
  const agrees = standsAside(facts, 'NO_THIRD_PARTY');
  const only = facts.item.label.originators
    .filter((originator) => !agrees(originator))
    .flatMap((originator) => onlyEndedGrants(facts, originator));
  const cited = facts.cited.filter((grant) => grant !== null);
  return [...cited, ...only.filter((grant) => !cited.some(({ digest }) => digest === grant.digest))];
}

export const ended = rule({
  id: 'consent/ended',
  code: 'CONSENT_EXPIRED_OR_REVOKED',
  on: ['release'],
  source: 'A.3 CONSENT_REQUEST [D]; 6.4 [F:S44]; rulings 2, 4',
  sentence: 'Consent {consent} of {originator} ended at {end}.',
  remedy: 'Ask the originator anew.',
  violatedBy(facts) {
    const { now } = facts;
    return reliedOn(facts).flatMap((grant) => {
      const end = endedAt(grant, now);
      return end === null
        ? []
        : [
            {
              fill: { consent: grant.digest, originator: grant.originator, end: formatInstant(end) },
              offenders: [grant.digest],
              remedy: askFor(facts, grant.originator),
            },
          ];
    });
  },
});
