import { BRINGS_SOMETHING } from '../../../domain/messages.js';
import { rule } from '../../rule.js';

export const nothingSaid = rule({
  id: 'form/nothing-said',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'A.3 [D]: what a message meets or stops, it does by what it says',
  sentence: '{message} without an item says nothing.',
  remedy: 'Enclose the text, the form or the file that it is about, sealed for the other side.',
  violatedBy({ envelope, items }) {
    const { message } = envelope;
    // of a data subject's access it may be said in a word that stands in clear
    const isOwed = BRINGS_SOMETHING.has(message) || (message === 'VIEWS_SUBMITTED' && envelope.body.view === undefined);
    if (!isOwed || items.length > 0) return [];
    return [{ fill: { message }, offenders: ['items'], remedy: { action: 'complete-field', fields: ['items'] } }];
  },
});
