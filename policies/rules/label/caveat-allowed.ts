import type { Caveat } from '../../../domain/label.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import type { ProfileId } from '../../../domain/vocabulary.js';
import type { ItemFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { NONE } from '../../vocabulary.js';

/**
 * A report under the freedom to provide services bears no restriction, and nothing else may call itself one: the word that loosens
 * stands alone, on such a report, on a profile that knows them.
 */
const isMisplaced = (item: ItemFacts, caveat: Caveat, profile: ProfileId): boolean =>
  item.kind === 'FPS_REPORT' ? caveat.code !== 'FPS_REPORT' || !PROFILES[profile].fpsReports : caveat.code === 'FPS_REPORT';

export const caveatAllowed = rule({
  id: 'label/caveat-allowed',
  code: 'CAVEAT_NOT_ALLOWED',
  on: ['send'],
  source: 'AMLD6 33(1) [F:S18]',
  sentence: '{caveat} may not be set on {item}, which is {kind}, on {profile}.',
  remedy: 'Leave the caveat out.',
  violatedBy({ items, envelope }) {
    return items.flatMap((item) =>
      item.label.caveats
        .filter((caveat) => isMisplaced(item, caveat, envelope.profile))
        .map((caveat) => ({
          fill: { caveat: caveat.code, item: item.digest, kind: item.kind, profile: envelope.profile },
          offenders: [item.digest],
          remedy: NONE,
        })),
    );
  },
});
