/** Seats in practitioners' networks (decisions/0024). */
import type { Authority } from './authority.js';
import type { Network, NetworkSeat, Seat } from './vocabulary.js';

/** Its seats in networks: those that its entry claims, as far as the designation names them too, each as the lesser of the two. */
export function seatsOf({ designatedSeats, entry }: Pick<Authority, 'designatedSeats' | 'entry'>): readonly Seat[] {
  const claimed = entry?.networks ?? [];
  if (designatedSeats === null) return claimed;
  return claimed.flatMap(({ network, seat }) => {
    const designated = designatedSeats.find((one) => one.network === network)?.seat;
    if (designated === undefined) return [];
    return [{ network, seat: seat === 'MEMBER' ? designated : seat }];
  });
}

/**
 * Does it sit in the network, or protect what it gets as well as its members do (section 12)? An entry that lists no networks at all says
 * nothing either way: then the operator's designation stands alone.
 */
export const isAssured = (network: Network, authority: Authority): boolean =>
  authority.entry?.networks === undefined || seatIn(authority, network) !== null || authority.entry.equalAssurance === true;

/** As what it sits in a network; null: it does not, or nobody says so. */
export const seatIn = (authority: Authority | null, network: Network): NetworkSeat | null =>
  authority === null ? null : (seatsOf(authority).find((one) => one.network === network)?.seat ?? null);
