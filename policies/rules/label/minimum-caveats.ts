import { hasCaveat } from '../../../domain/label.js';
import { PROFILES } from '../../../domain/profiles/index.js';
import { rule } from '../../rule.js';
import { isOpenRecord } from '../../vocabulary.js';

export const minimumCaveats = rule({
  id: 'label/minimum-caveats',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'section 12, default caveats [D]; UNCAC 46(5) [M]',
  sentence: '{caveat} is mandatory on {item} for {profile}.',
  remedy: 'Add the caveat in your own name.',
  violatedBy({ envelope, items }) {
    const { id, minimumCaveats: owed } = PROFILES[envelope.profile];
    return items
      .filter((item) => !isOpenRecord(item))
      .flatMap((item) =>
        owed
          .filter((caveat) => !hasCaveat(item.label, caveat))
          .map((caveat) => ({
            fill: { caveat, item: item.digest, profile: id },
            offenders: [item.digest],
            remedy: { action: 'complete-field', fields: [`label.caveats.${caveat}`] } as const,
          })),
      );
  },
});
