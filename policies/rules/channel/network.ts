import type { Authority } from '../../../domain/authority.js';
import { seatIn } from '../../../domain/seats.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { Network } from '../../../domain/vocabulary.js';
import { networkOf, otherProfiles } from '../../channels.js';
import { rule } from '../../rule.js';

/** Who observes is told so by a rule of its own. */
const isStranger = (authority: Authority | null, network: Network): boolean => seatIn(authority, network) === null;

export const network = rule({
  id: 'channel/network',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'section 12; 5.1 [F:S36]; 5.2 [F:S36-S42], [D]',
  sentence: '{authority} has no seat in {network}, whose contact points alone speak to each other on it.',
  remedy:
    'Use a channel that joins the two, or a contact point that sits in both networks (5.2). A seat counts where its entry claims it and the operator has designated it.',
  violatedBy(facts) {
    const { envelope, exchange, from, to } = facts;
    const own = networkOf(PROFILES[envelope.profile], envelope);
    if (own === null || exchange !== null) return [];
    const strangers = [
      { id: envelope.from, authority: from },
      { id: envelope.to, authority: to },
    ].filter(({ authority }) => isStranger(authority, own));
    return strangers.map(({ id }) => ({ fill: { authority: id, network: own }, offenders: [id], remedy: otherProfiles(facts) }));
  },
});
