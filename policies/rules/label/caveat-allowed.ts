import type { Caveat } from '../../../domain/label.js';
import type { ItemFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { NONE } from '../../vocabulary.js';

/**
 * A report under the freedom to provide services bears no restriction, and nothing else may call itself one.
 * No profile of this slice knows such reports, so the code that loosens is refused on all of them.
 */
const isMisplaced = (item: ItemFacts, caveat: Caveat): boolean => caveat.code === 'FPS_REPORT' || item.kind === 'FPS_REPORT';

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
        .filter((caveat) => isMisplaced(item, caveat))
        .map((caveat) => ({
          fill: { caveat: caveat.code, item: item.digest, kind: item.kind, profile: envelope.profile },
          offenders: [item.digest],
          remedy: NONE,
        })),
    );
  },
});
