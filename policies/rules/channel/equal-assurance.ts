import type { Authority } from '../../../domain/authority.js';
import { seatIn } from '../../../domain/seats.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { Network } from '../../../domain/vocabulary.js';
import { rule } from '../../rule.js';
import { NONE } from '../../vocabulary.js';

/** An entry that lists no networks at all says nothing either way: then the operator's designation stands alone. */
const isOutside = (authority: Authority, network: Network): boolean =>
  authority.entry?.networks !== undefined && seatIn(authority, network) === null && authority.entry.equalAssurance !== true;

export const equalAssurance = rule({
  id: 'channel/equal-assurance',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'section 12; Egmont Principles, on channels [M]; INR.40 ¶4 [M]',
  sentence: '{authority} sits outside {network} and declares no equal assurance.',
  remedy: 'Have it declare in its directory entry that it protects what it gets as well as members do.',
  violatedBy({ envelope, exchange, from, to }) {
    const { membersOf } = PROFILES[envelope.profile].assurance;
    if (membersOf === null || exchange !== null) return [];
    return [from, to].flatMap((authority) =>
      authority !== null && isOutside(authority, membersOf)
        ? [{ fill: { authority: authority.id, network: membersOf }, offenders: [authority.id], remedy: NONE }]
        : [],
    );
  },
});
