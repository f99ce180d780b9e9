import { formatInstant, type Instant } from '../../../domain/time.js';
import type { ReleaseFacts, UseFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { NONE, staysWithHolder } from '../../vocabulary.js';

/** When the last of the releases by which the holder has it ends; null: it has it without such an end, or not at all. */
function lastDayOf({ heldBy }: ReleaseFacts | UseFacts): Instant | null {
  const ends = (heldBy ?? []).map(({ until }) => until);
  return ends.toSorted((a, b) => b - a)[0] ?? null;
}

/** Is it kept for longer than it was given: sealed anew to the holder itself? */
const outlives = (facts: ReleaseFacts | UseFacts, end: Instant): boolean =>
  facts.action === 'release' && staysWithHolder(facts) && facts.release.until > end;

export const borrowed = rule({
  id: 'holding/borrowed',
  code: 'RETENTION_EXPIRED',
  on: ['release', 'use'],
  source: '9.3; protocol 6 [D]; rulings 4',
  sentence: '{holder} has {item} until {end} only: it is neither used nor handed on later, and not sealed to itself for longer.',
  remedy: 'Ask who released it for a new release.',
  violatedBy(facts) {
    const { item, now } = facts;
    const end = lastDayOf(facts);
    if (end === null || (now < end && !outlives(facts, end))) return [];
    const { holder } = facts.action === 'release' ? facts.release : facts.use;
    return [{ fill: { holder, item: item.digest, end: formatInstant(end) }, offenders: [item.digest], remedy: NONE }];
  },
});
