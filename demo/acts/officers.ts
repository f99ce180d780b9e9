/** Officers beside the first of an authority: each makes keys of their own, and whoever holds the root says who they are. */
import {
  cardOf,
  createOfficer,
  DAY_MS,
  plusMs,
  readAuthority,
  readDesk,
  readOfficer,
  type Seat as Sitting,
} from '../../client/sdk/index.js';
import { readKeyId } from '../../client/sdk/codes.js';
import type { Seat } from './seat.js';

export interface Joining {
  readonly authority: string;
  readonly officer: string;
  /** fingerprint of the authority's root, told by a colleague and not by the gateway */
  readonly root: string;
}

export interface Admitting extends Pick<Sitting, 'roles' | 'clearance'> {
  readonly card: ReturnType<typeof cardOf>;
  readonly desks: readonly string[];
}

const SEAT_MS = 300 * DAY_MS;

export const officers = ({ store, clock, chance, client }: Seat) => ({
  /** @returns public keys and codes alone, for whoever holds the root */
  async join({ authority, officer, root }: Joining) {
    const wanted = { authority: readAuthority(authority), officer: readOfficer(officer), root: readKeyId(root) };
    return cardOf(await createOfficer(store, wanted, chance));
  },
  /** lists the officer in the next entry, in place of what the last one said of them */
  async admit({ card, roles, desks, clearance }: Admitting) {
    const from = clock.now();
    const sent = await (
      await client()
    ).admitOfficer(card, { roles, desks: desks.map(readDesk), clearance, from, until: plusMs(from, SEAT_MS) });
    return sent.receiptBody.index;
  },
  /** fingerprint of this authority's own root, where it lies here */
  async ownRoot() {
    const { root } = (await client()).identity;
    if (root === null) throw new RangeError('the root is kept elsewhere');
    return { root: root.kid as string };
  },
  /** the desks' secrets, as the authority wrapped them for this officer */
  fetchKeys: async () => (await (await client()).fetchKeyrings()).fetched,
});
