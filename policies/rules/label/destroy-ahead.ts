import { formatInstant } from '../../../domain/time.js';
import { rule } from '../../rule.js';

export const destroyAhead = rule({
  id: 'label/destroy-ahead',
  code: 'MISSING_FIELD',
  on: ['label'],
  source: 'Europol Reg. 19(2) [F:S24]; A.5 [D]',
  sentence: '{item} would have to be destroyed by {time}, which has passed.',
  remedy: 'Name a time that is still to come, or take the item back.',
  violatedBy({ change: { item, label }, item: { label: before }, now }) {
    const end = label?.destroyBy ?? null;
    // an end that stands in the label already is said again with the rest of it
    if (end === null || end > now || end === before.destroyBy) return [];
    return [
      {
        fill: { item, time: formatInstant(end) },
        offenders: [item],
        remedy: { action: 'complete-field', fields: ['label.destroyBy'] },
      },
    ];
  },
});
