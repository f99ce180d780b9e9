import { formatInstant, type Instant } from '../../../domain/time.js';
import type { Remedy } from '../../../domain/violation.js';
import { isExculpatory } from '../../exemptions.js';
import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { itemsOf } from '../../vocabulary.js';

interface Ending {
  readonly thing: string;
  readonly end: Instant;
  /** nobody puts off a day that a label names: who gave it gives it anew */
  readonly remedy: Remedy;
}

/** Days to destroy by, which stop nobody who clears an accused, and the end of the release by which a reader holds it. */
function endsOf(facts: FactsOf<'send' | 'release' | 'access' | 'use' | 'consent'>): Ending[] {
  const ends = itemsOf(facts).flatMap(({ digest, label: { destroyBy, originators } }): Ending[] =>
    destroyBy === null || isExculpatory(facts)
      ? []
      : [{ thing: digest, end: destroyBy, remedy: { action: 'ask-originator', originators } }],
  );
  if (facts.action !== 'access' || facts.release === null) return ends;
  const { id, until, holder } = facts.release;
  return [...ends, { thing: id, end: until, remedy: { action: 'ask-holder', holders: [holder] } }];
}

export const retention = rule({
  id: 'holding/retention',
  code: 'RETENTION_EXPIRED',
  on: ['send', 'release', 'access', 'use', 'consent'],
  source: '9.3; Europol Reg. 19(2) [F:S24]',
  sentence: '{thing} ended at {end}.',
  remedy: 'Delete it as the label says. Needed for longer, its originator gives it anew, and whoever released it releases it anew.',
  violatedBy(facts) {
    return endsOf(facts)
      .filter(({ end }) => facts.now >= end)
      .map(({ thing, end, remedy }) => ({ fill: { thing, end: formatInstant(end) }, offenders: [thing], remedy }));
  },
});
