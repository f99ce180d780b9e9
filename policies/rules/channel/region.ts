import { PROFILES } from '../../../domain/profiles/index.js';
import type { Remedy } from '../../../domain/violation.js';
import { otherProfiles, regionOf } from '../../channels.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';

/** Whom the sender may address on the profile wherever it lies; nobody: a profile that is open to both. */
function elsewhere(facts: SendFacts): Remedy {
  const { profile, fromType } = facts.envelope;
  const { region, pairs } = PROFILES[profile];
  const open = pairs.filter((pair) => pair.from.includes(fromType) && region === null && pair.region === undefined);
  return open.length === 0 ? otherProfiles(facts) : { action: 'choose-addressee', types: [...new Set(open.flatMap(({ to }) => to))] };
}

export const region = rule({
  id: 'channel/region',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'section 12; AMLD6 29, 30 [F:S18]; AMLD6 31(1) [F:S19]; Dir 2023/977 4(1)-(2), 14 [F:S21]',
  sentence: '{authority} lies outside the States between which {profile} joins {from} to {to}.',
  remedy: 'Use a profile that is open to both, or address a body that it is open to.',
  violatedBy(facts) {
    const { envelope, exchange, from, to } = facts;
    const states = regionOf(PROFILES[envelope.profile], envelope);
    if (states === null || exchange !== null) return [];
    return [from, to].flatMap((authority) => {
      const territory = authority?.entry?.territory;
      // without an entry there is no territory: that is the addressee's and the sender's rule
      if (authority === null || territory === undefined || states.includes(territory)) return [];
      const fill = { authority: authority.id, profile: envelope.profile, from: envelope.fromType, to: envelope.toType };
      return [{ fill, offenders: [authority.id], remedy: elsewhere(facts) }];
    });
  },
});
