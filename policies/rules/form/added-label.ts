import { rule } from '../../rule.js';

export const addedLabel = rule({
  id: 'form/added-label',
  code: 'MISSING_FIELD',
  on: ['label'],
  source: 'A.3 CAVEAT_ADDED_LATER [D]',
  sentence: 'label is mandatory where something is added to {item}.',
  remedy: 'Say what is added.',
  violatedBy({ change, item }) {
    return change.change !== 'ADD' || change.label !== undefined
      ? []
      : [{ fill: { item: item.digest }, offenders: ['label'], remedy: { action: 'complete-field', fields: ['label'] } }];
  },
});
