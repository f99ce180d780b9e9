import type { Caveat } from '../../../domain/label.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { ProfileId } from '../../../domain/vocabulary.js';
import type { FactsOf, ItemFacts } from '../../facts.js';
import { rule } from '../../rule.js';

/**
 * A report under the freedom to provide services bears no restriction, and nothing else may call itself one: the word that loosens
 * stands alone, on such a report, on a profile that knows them.
 */
const isMisplaced = (item: ItemFacts, caveat: Caveat, profile: ProfileId): boolean =>
  item.kind === 'FPS_REPORT' ? caveat.code !== 'FPS_REPORT' || !PROFILES[profile].fpsReports : caveat.code === 'FPS_REPORT';

/** A release bears what stands on the item already, and whoever states that adds nothing. */
const addedTo = ({ label }: ItemFacts, caveats: readonly Caveat[]): readonly Caveat[] =>
  caveats.filter(({ code, by }) => !label.caveats.some((known) => known.code === code && known.by === by));

/** Caveats that are set by this: on what is sent, later on what was, or by whoever hands it on. */
function setBy(facts: FactsOf<'send' | 'label' | 'release'>): { item: ItemFacts; caveats: readonly Caveat[]; profile: ProfileId }[] {
  if (facts.action === 'send') return facts.items.map((item) => ({ item, caveats: item.label.caveats, profile: facts.envelope.profile }));
  const { item } = facts;
  const stated = facts.action === 'label' ? (facts.change.label?.caveats ?? []) : addedTo(item, facts.release.label.caveats);
  // what loosens is never added: it falls away in the join
  const caveats = stated.filter(({ code }) => code !== 'FPS_REPORT');
  return item.givenOn === null ? [] : [{ item, caveats, profile: item.givenOn }];
}

export const caveatAllowed = rule({
  id: 'label/caveat-allowed',
  code: 'CAVEAT_NOT_ALLOWED',
  on: ['send', 'label', 'release'],
  source: 'AMLD6 33(1) [F:S18]',
  sentence: '{caveat} may not be set on {item}, which is {kind}, on {profile}.',
  remedy: 'Leave the caveat out.',
  violatedBy(facts) {
    return setBy(facts).flatMap(({ item, caveats, profile }) =>
      caveats
        .filter((caveat) => isMisplaced(item, caveat, profile))
        .map((caveat) => ({
          fill: { caveat: caveat.code, item: item.digest, kind: item.kind, profile },
          offenders: [item.digest],
          remedy: { action: 'complete-field', fields: ['label.caveats'] },
        })),
    );
  },
});
