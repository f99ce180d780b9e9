import { hasType } from '../../../domain/authority.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { Remedy } from '../../../domain/violation.js';
import type { AuthorityType } from '../../../domain/vocabulary.js';
import { belong, joins, onwardTypes } from '../../channels.js';
import type { ReleaseFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { cameFrom, named, noticesOf, staysWithHolder } from '../../vocabulary.js';

const ALL = Object.values(PROFILES);

/** Types under which it is held, so far as the holder still has them. */
const capacities = ({ holder, heldAs }: ReleaseFacts): AuthorityType[] => heldAs.filter((type) => holder !== null && hasType(holder, type));

/** Abroad on the profile of the pair, at home on DOMESTIC_ONWARD; back to where it came from, always. */
function isPermitted(facts: ReleaseFacts, toType: AuthorityType): boolean {
  // whom a lawful way may reach is its own rule's matter
  if (staysWithHolder(facts) || cameFrom(facts.item, facts.release.to, toType) || noticesOf(facts).length > 0) return true;
  const { holder, to } = facts;
  const types = capacities(facts);
  return types.some((fromType) => {
    const ends = { from: holder, fromType, to, toType };
    return ALL.some((profile) => joins(profile, ends, null) && belong(profile, ends));
  });
}

/** What clears an accused goes where its way leads, which is not by a profile. */
const wayOn = ({ release, heldAs }: ReleaseFacts, toType: AuthorityType): Remedy =>
  release.purpose === 'EXCULPATORY'
    ? { action: 'exculpatory-notice' }
    : // the type may be one that it could reach elsewhere
      { action: 'choose-addressee', types: onwardTypes(heldAs).filter((type) => type !== toType) };

export const onwardPair = rule({
  id: 'channel/onward-pair',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['release'],
  source: 'section 12, cross-profile rules [D]; UNCAC 46(15)(b) [M]',
  sentence: 'No profile lets {from} hand anything on to {recipient} as {to}.',
  remedy: 'Choose a recipient that a profile joins with you.',
  violatedBy(facts) {
    const { to, release, heldAs } = facts;
    if (to === null || release.toType === undefined || isPermitted(facts, release.toType)) return [];
    return [
      {
        fill: { from: named(heldAs), recipient: release.to, to: release.toType },
        offenders: [release.to],
        remedy: wayOn(facts, release.toType),
      },
    ];
  },
});
