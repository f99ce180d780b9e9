import { PROFILES } from '../../../domain/profiles/index.js';
import { isAssured } from '../../../domain/seats.js';
import { otherProfiles } from '../../channels.js';
import { rule } from '../../rule.js';

export const equalAssurance = rule({
  id: 'channel/equal-assurance',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'section 12; Egmont Principles, on channels [M]; INR.40 ¶4 [M]',
  sentence: '{authority} sits outside {network} and declares no equal assurance.',
  remedy:
    'Use a channel that joins the two without it, or have it declare in its directory entry that it protects what it gets as well as members do.',
  violatedBy(facts) {
    const { envelope, exchange, from, to } = facts;
    const profile = PROFILES[envelope.profile];
    const { membersOf } = profile.assurance;
    if (membersOf === null || exchange !== null) return [];
    return [from, to].flatMap((authority) =>
      authority === null || isAssured(membersOf, authority)
        ? []
        : [{ fill: { authority: authority.id, network: membersOf }, offenders: [authority.id], remedy: otherProfiles(facts) }],
    );
  },
});
