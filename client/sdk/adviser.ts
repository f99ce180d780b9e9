/** Which channel fits, for one's own authority: what the directory knows of both sides is filled in. */
import { adviseChannel, type Advised, type Need } from '../../domain/adviser.js';
import type { Authority } from '../../domain/authority.js';
import { PROFILES } from '../../domain/profiles/index.js';
import { isAssured, seatsOf } from '../../domain/seats.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Network } from '../../domain/vocabulary.js';
import { authorityIn } from './addressing.js';
import type { ClientContext } from './context.js';

export { adviseChannel, type Advice, type Advised, type Need, type Obstacle, type Remark } from '../../domain/adviser.js';
export { HELP, type Help } from '../../domain/channel-advice.js';

/** A need whose two sides the directory tells of. */
export type NeedOf = Omit<Need, 'from' | 'to' | 'networks' | 'territories' | 'unassured'> & { readonly to: AuthorityId };

export interface AdvisedOf extends Advised {
  /** in which neither of the two is a member: what goes through them is left out */
  readonly outside: readonly Network[];
}

/** Networks whose channels are open to who protects as well. */
const ASSURING = [...new Set(Object.values(PROFILES).flatMap(({ assurance: { membersOf } }) => membersOf ?? []))];

const memberships = (authority: Authority): Network[] =>
  seatsOf(authority)
    .filter(({ seat }) => seat === 'MEMBER')
    .map(({ network }) => network);

/**
 * @param need `to`: who is to be asked
 * @throws ParleyError `NO_SUCH_AUTHORITY` for one that the directory does not have
 */
export async function adviseFor({ directory, identity }: ClientContext, { to, ...need }: NeedOf): Promise<AdvisedOf> {
  const view = await directory();
  const [own, other] = [authorityIn(view, identity.authority), authorityIn(view, to)];
  const [mine, theirs] = [memberships(own), memberships(other)];
  const { advice, remarks } = adviseChannel({
    ...need,
    from: own.designatedTypes,
    to: other.designatedTypes,
    networks: mine.filter((network) => theirs.includes(network)),
    territories: [own, other].flatMap(({ entry }) => entry?.territory ?? []),
    unassured: ASSURING.filter((network) => ![own, other].every((one) => isAssured(network, one))),
  });
  const networksOf = ({ obstacles }: (typeof advice)[number]): Network[] =>
    obstacles.flatMap((one) => (one.code === 'NOT_MEMBERS' ? [one.network] : []));
  const outside = [...new Set(advice.flatMap(networksOf))].filter((network) => ![...mine, ...theirs].includes(network));
  return { advice: advice.filter((one) => !networksOf(one).some((network) => outside.includes(network))), remarks, outside };
}
