import { formatInstant, type Instant } from '../../../domain/time.js';
import type { ReleaseFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { NONE, staysWithHolder } from '../../vocabulary.js';

/** When the last of the releases by which the holder has it ends; null: it has it without such an end. */
function lastDayOf({ heldBy }: ReleaseFacts): Instant | null {
  return heldBy === null ? null : heldBy.map(({ until }) => until).reduce((last, until) => (until > last ? until : last), heldBy[0]!.until);
}

export const borrowed = rule({
  id: 'holding/borrowed',
  code: 'RETENTION_EXPIRED',
  on: ['release'],
  source: '9.3; protocol 6 [D]',
  sentence: '{holder} has {item} until {end} only: it is not handed on later, and not sealed to itself for longer.',
  remedy: 'Ask who released it for a new release.',
  violatedBy(facts) {
    const { release, item, now } = facts;
    const end = lastDayOf(facts);
    return end === null || (now < end && !(staysWithHolder(facts) && release.until > end))
      ? []
      : [{ fill: { holder: release.holder, item: item.digest, end: formatInstant(end) }, offenders: [item.digest], remedy: NONE }];
  },
});
