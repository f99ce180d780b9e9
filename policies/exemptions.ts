/** The words for what is handed on without consent: what a channel lets be, and what clears an accused (rulings 2). */
import { exemptionOf } from '../domain/basis.js';
import { fits } from '../domain/exemption.js';
import type { AuthorityId } from '../domain/ids.js';
import type { CaveatCode } from '../domain/label.js';
import { PROFILES } from '../domain/profiles/index.js';
import type { FactsOf, ReleaseFacts } from './facts.js';
import { clearsAccused } from './held-on.js';
import { agreesToRelease, inOneTerritory, lawfulWayOf } from './vocabulary.js';

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

/** Is it disclosed because it clears an accused, or read and used by who got it so? Then it is, taken back or over, as long as it is there (46(5)). */
export function isExculpatory(facts: FactsOf<'send' | 'release' | 'access' | 'use' | 'consent'>): boolean {
  if (facts.action === 'use') return facts.item.label.originators.every(clearsAccused(facts));
  if (facts.action === 'release') return lawfulWayOf(facts) === 'EXCULPATORY';
  return facts.action === 'access' && facts.release?.purpose === 'EXCULPATORY' && 'notices' in facts.release.basis;
}
