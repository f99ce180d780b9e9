/** The words for what a channel lets be handed on without consent (rulings 2). */
import { exemptionOf } from '../domain/basis.js';
import { fits } from '../domain/exemption.js';
import type { AuthorityId } from '../domain/ids.js';
import type { CaveatCode } from '../domain/label.js';
import { PROFILES } from '../domain/profiles/index.js';
import type { ReleaseFacts } from './facts.js';
import { agreesToRelease, inOneTerritory } from './vocabulary.js';

/** Does the exemption that this release cites lift this caveat of `owner`? It speaks for nobody but whoever gave it by that exchange. */
function isExempt({ release, givenIn, holder, to, item }: ReleaseFacts, code: CaveatCode, owner: AuthorityId): boolean {
  const { basis, toType } = release;
  const cited = exemptionOf(basis, owner);
  if (cited === null || givenIn === null || toType === undefined || owner !== givenIn.by) return false;
  // the giver was silent about whom the request named: what it says later beats that, as it beats a grant (rulings 4)
  const isSaidLater = item.tightened.some(({ by, caveats }) => by === owner && caveats.includes(code));
  return PROFILES[givenIn.profile].exemptions.some(
    (row) =>
      row.code === cited &&
      row.lifts.includes(code) &&
      !(row.isNamed && isSaidLater) &&
      inOneTerritory(holder, to) &&
      fits(row, givenIn, { ...release, toType }),
  );
}

/** Does this caveat of an owner not stand in the way: the owner agrees, or the channel exempts the release from it? */
export const standsAside = (facts: ReleaseFacts, code: CaveatCode): ((owner: AuthorityId) => boolean) => {
  const agrees = agreesToRelease(facts);
  return (owner) => agrees(owner) || isExempt(facts, code, owner);
};
