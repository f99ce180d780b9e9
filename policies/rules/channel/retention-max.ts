import { PROFILES } from '../../../domain/profiles/index.js';
import { yearsAfter } from '../../../domain/retention.js';
import { rule } from '../../rule.js';

export const retentionMax = rule({
  id: 'channel/retention-max',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'INTERPOL, initial retention [F2:S31]; section 12',
  sentence: '{item} names no day of deletion within {years} years, and that is mandatory for {profile}.',
  remedy: 'Name in the label the day by which it is destroyed.',
  violatedBy({ envelope, items, now }) {
    const { retentionYearsMax: years } = PROFILES[envelope.profile];
    if (years === null) return [];
    const limit = yearsAfter(now, years);
    return items
      .filter(({ label: { destroyBy } }) => destroyBy === null || destroyBy > limit)
      .map(({ digest }) => ({
        fill: { item: digest, years: String(years), profile: envelope.profile },
        offenders: [digest],
        remedy: { action: 'complete-field', fields: ['label.destroyBy'] },
      }));
  },
});
