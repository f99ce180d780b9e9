import type { Authority } from '../../../domain/authority.js';
import { seatIn } from '../../../domain/seats.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { Network } from '../../../domain/vocabulary.js';
import type { Remedy } from '../../../domain/violation.js';
import { networkOf } from '../../channels.js';
import { rule } from '../../rule.js';
import { NONE } from '../../vocabulary.js';

/** Networks in which both sit: the way round, since whoever sits in two bridges them (5.2 [D]). */
function shared(a: Authority | null, b: Authority | null): Remedy {
  const profiles = Object.values(PROFILES).filter(
    ({ network }) => network !== null && seatIn(a, network) === 'MEMBER' && seatIn(b, network) === 'MEMBER',
  );
  return profiles.length === 0 ? NONE : { action: 'use-profile', profiles: profiles.map(({ id }) => id) };
}

/** Who observes is told so by a rule of its own. */
const isStranger = (authority: Authority | null, network: Network): boolean => seatIn(authority, network) === null;

export const network = rule({
  id: 'channel/network',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'section 12; 5.1 [F:S36]; 5.2 [F:S36-S42], [D]',
  sentence: '{authority} has no seat in {network}, whose contact points alone speak to each other on it.',
  remedy:
    'Use a network in which both sit, or a contact point that sits in both. A seat counts where its entry claims it and the operator has designated it.',
  violatedBy({ envelope, exchange, from, to }) {
    const own = networkOf(PROFILES[envelope.profile], envelope);
    if (own === null || exchange !== null) return [];
    const strangers = [
      { id: envelope.from, authority: from },
      { id: envelope.to, authority: to },
    ].filter(({ authority }) => isStranger(authority, own));
    return strangers.map(({ id }) => ({ fill: { authority: id, network: own }, offenders: [id], remedy: shared(from, to) }));
  },
});
