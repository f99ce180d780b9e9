import type { AuthorityId } from '../../../domain/ids.js';
import { formatInstant, type Instant } from '../../../domain/time.js';
import type { ItemFacts, ReleaseFacts, UseFacts } from '../../facts.js';
import { unfreedSources } from '../../in-the-way.js';
import { rule } from '../../rule.js';
import { staysWithHolder } from '../../vocabulary.js';

interface Borrowed {
  readonly item: ItemFacts;
  readonly end: Instant;
  /** who handed it on, and may do so anew */
  readonly holders: readonly AuthorityId[];
}

/** When the last of the releases by which the holder has it ends; none: it has it without such an end, or not at all. */
function endOf({ item, heldBy }: Pick<UseFacts, 'item' | 'heldBy'>): Borrowed[] {
  const given = heldBy ?? [];
  const [end] = given.map(({ until }) => until).toSorted((a, b) => b - a);
  if (end === undefined) return [];
  const holders = given.filter(({ isReseal }) => !isReseal).map(({ holder }) => holder);
  return [{ item, end, holders: [...new Set(holders)] }];
}

/** The item, and what its holder made it from: that comes back in what was made. */
const borrowedIn = (facts: ReleaseFacts | UseFacts): Borrowed[] =>
  [facts, ...(facts.action === 'use' ? unfreedSources(facts) : [])].flatMap(endOf);

/** Is it kept for longer than it was given: sealed anew to the holder itself? */
const outlives = (facts: ReleaseFacts | UseFacts, end: Instant): boolean =>
  facts.action === 'release' && staysWithHolder(facts) && facts.release.until > end;

export const borrowed = rule({
  id: 'holding/borrowed',
  code: 'RETENTION_EXPIRED',
  on: ['release', 'use'],
  source: '9.3; protocol 6 [D]; rulings 4',
  sentence:
    '{holder} has {item} until {end} only: later neither it nor what {holder} made from it is used, and it is not handed on, nor sealed to itself for longer.',
  remedy: 'Ask who released it for a new release.',
  violatedBy(facts) {
    const { holder } = facts.action === 'release' ? facts.release : facts.use;
    return borrowedIn(facts)
      .filter(({ end }) => facts.now >= end || outlives(facts, end))
      .map(({ item, end, holders }) => ({
        fill: { holder, item: item.digest, end: formatInstant(end) },
        offenders: [item.digest],
        remedy: { action: 'ask-holder', holders },
      }));
  },
});
