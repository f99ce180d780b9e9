import { PROFILES } from '../../../domain/profiles/index.js';
import type { Suite } from '../../../domain/vocabulary.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';

/** Sealed by what goes through this gateway whole; a letter in OpenPGP may travel by mail (AMLD6 30(3), which suites [D]). */
const PROTECTED: readonly Suite[] = ['age-pq-1', 'age-x25519-1'];

/** The suites that reach what the first way would have given; null: this is the first way. */
function suitesFor({ envelope }: SendFacts): readonly Suite[] | null {
  const declared = envelope.message === 'SUBMIT' && envelope.body.fallbackReason !== undefined;
  return PROFILES[envelope.profile].assurance.fallbackSuites ?? (declared ? PROTECTED : null);
}

export const fallback = rule({
  id: 'channel/fallback',
  code: 'UNPROTECTED_CHANNEL',
  on: ['send'],
  source: 'AMLD6 30(3) [F:S18]; which suites [D]',
  sentence: 'Another way than the first has to protect equally: {item} is sealed with {suite}.',
  remedy: 'Seal it with a suite that the profile accepts for a second way.',
  violatedBy(facts) {
    const suites = suitesFor(facts);
    if (suites === null) return [];
    return facts.items.flatMap(({ digest, suites: used }) =>
      used
        .filter((suite) => !suites.includes(suite))
        .map((suite) => ({ fill: { item: digest, suite }, offenders: [digest], remedy: { action: 'reseal', suites } as const })),
    );
  },
});
