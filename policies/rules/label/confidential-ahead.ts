import type { AuthorityId, Digest } from '../../../domain/ids.js';
import type { Label } from '../../../domain/label.js';
import { formatInstant, type Instant } from '../../../domain/time.js';
import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { caveatsOf } from '../../vocabulary.js';

interface Put {
  readonly item: Digest;
  readonly label: Label;
  readonly by: AuthorityId;
  /** what it was before, or is made from: an end that had passed there stays as it was */
  readonly before: readonly (Label | null)[];
}

function labelsPut(facts: FactsOf<'send' | 'label'>): Put[] {
  if (facts.action === 'send') {
    const { from } = facts.envelope;
    const fresh = facts.items.filter(({ issuer, givenOn }) => issuer === from && givenOn === null);
    return fresh.map(({ digest, statedLabel, sources }) => ({ item: digest, label: statedLabel, by: from, before: sources }));
  }
  const { item, label, originator } = facts.change;
  return label === undefined ? [] : [{ item, label, by: originator, before: [facts.item.label] }];
}

function passedIn({ label, by, before }: Put, now: Instant): Instant[] {
  const own = (one: Label): Instant[] => caveatsOf(one, 'CONFIDENTIAL_UNTIL').flatMap((caveat) => (caveat.by === by ? [caveat.until] : []));
  const known = Math.max(0, ...before.flatMap((one) => (one === null ? [] : own(one))));
  return own(label).filter((until) => until <= now && until > known);
}

export const confidentialAhead = rule({
  id: 'label/confidential-ahead',
  code: 'MISSING_FIELD',
  on: ['send', 'label'],
  source: 'UNCAC 46(5), 46(20) [M]; A.5 [D]',
  sentence: '{item} would be confidential until {time}, which has passed: it would not be confidential at all.',
  remedy: 'Name a time that is still to come, or leave the caveat out.',
  violatedBy(facts) {
    return labelsPut(facts).flatMap((put) =>
      passedIn(put, facts.now).map((until) => ({
        fill: { item: put.item, time: formatInstant(until) },
        offenders: [put.item],
        remedy: { action: 'complete-field' as const, fields: ['label.caveats.CONFIDENTIAL_UNTIL'] },
      })),
    );
  },
});
