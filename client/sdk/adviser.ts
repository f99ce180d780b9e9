/** Which channel fits, for one's own authority: what the directory knows of both sides is filled in. */
import { adviseChannel, type Advised, type Need } from '../../domain/adviser.js';
import type { AuthorityId } from '../../domain/ids.js';
import type { Network } from '../../domain/vocabulary.js';
import type { ClientContext } from './context.js';

export { adviseChannel, type Advice, type Advised, type Need, type Obstacle, type Remark } from '../../domain/adviser.js';
export { HELP, type Help } from '../../domain/channel-advice.js';

/** A need whose two sides the directory tells of. */
export type NeedOf = Omit<Need, 'from' | 'to' | 'networks'> & { readonly to: AuthorityId };

/** @param need `to`: who is to be asked; one that the directory does not have could be anybody */
export async function adviseFor({ directory, identity }: ClientContext, { to, ...need }: NeedOf): Promise<Advised> {
  const { authorities } = (await directory()).directory;
  const [own, other] = [authorities.get(identity.authority), authorities.get(to)];
  const seats = (authority: typeof own): Network[] =>
    (authority?.entry?.networks ?? []).filter(({ seat }) => seat === 'MEMBER').map(({ network }) => network);
  const theirs = seats(other);
  return adviseChannel({
    ...need,
    from: own?.designatedTypes ?? [],
    to: other?.designatedTypes ?? [],
    networks: seats(own).filter((network) => theirs.includes(network)),
  });
}
