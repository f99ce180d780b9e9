import { BRINGS_SOMETHING } from '../../../domain/messages.js';
import { rule } from '../../rule.js';

export const nothingSaid = rule({
  id: 'form/nothing-said',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'A.3 [D]: what a message meets or stops, it does by what it says',
  sentence: '{message} without an item says nothing.',
  remedy: 'Enclose the text, the form or the file that it is about, sealed for the other side.',
  violatedBy({ envelope: { message }, items }) {
    if (!BRINGS_SOMETHING.has(message) || items.length > 0) return [];
    return [{ fill: { message }, offenders: ['items'], remedy: { action: 'complete-field', fields: ['items'] } }];
  },
});
