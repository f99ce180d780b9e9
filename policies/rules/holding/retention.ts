import { formatInstant, type Instant } from '../../../domain/time.js';
import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { itemsOf } from '../../vocabulary.js';

/** Days to destroy by, and the end of the release by which a reader holds it. */
function endsOf(facts: FactsOf<'send' | 'release' | 'access' | 'use'>): { thing: string; end: Instant }[] {
  const ends = itemsOf(facts).flatMap(({ digest, label }) =>
    label.destroyBy === null ? [] : [{ thing: digest as string, end: label.destroyBy }],
  );
  if (facts.action === 'access' && facts.release !== null) ends.push({ thing: facts.release.id, end: facts.release.until });
  return ends;
}

export const retention = rule({
  id: 'holding/retention',
  code: 'RETENTION_EXPIRED',
  on: ['send', 'release', 'access', 'use'],
  source: '9.3; Europol Reg. 19(2) [F:S24]',
  sentence: '{thing} ended at {end}.',
  remedy: 'Delete it as the label says, or ask the originator for a longer time.',
  violatedBy(facts) {
    return endsOf(facts)
      .filter(({ end }) => facts.now >= end)
      .map(({ thing, end }) => ({
        fill: { thing, end: formatInstant(end) },
        offenders: [thing],
        remedy: { action: 'ask-originator', originators: itemsOf(facts).flatMap((item) => item.label.originators) },
      }));
  },
});
