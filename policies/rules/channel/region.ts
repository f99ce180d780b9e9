import { PROFILES } from '../../../domain/profiles/index.js';
import { rule } from '../../rule.js';
import { NONE } from '../../vocabulary.js';

export const region = rule({
  id: 'channel/region',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'section 12; AMLD6 29-31 [F:S18, S19]',
  sentence: '{authority} lies outside the States that {profile} is for.',
  remedy: 'Use a profile that is open to both.',
  violatedBy({ envelope, exchange, from, to }) {
    const { region: states } = PROFILES[envelope.profile];
    if (states === null || exchange !== null) return [];
    return [from, to].flatMap((authority) => {
      const territory = authority?.entry?.territory;
      // without an entry there is no territory: that is the addressee's and the sender's rule
      if (authority === null || territory === undefined || states.includes(territory)) return [];
      return [{ fill: { authority: authority.id, profile: envelope.profile }, offenders: [authority.id], remedy: NONE }];
    });
  },
});
