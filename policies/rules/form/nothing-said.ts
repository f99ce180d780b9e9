import { BRINGS_SOMETHING } from '../../../domain/messages.js';
import { rule } from '../../rule.js';

export const nothingSaid = rule({
  id: 'form/nothing-said',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'A.3 [D]: what a message meets or stops, it does by what it says; part by part: rulings 5',
  sentence: '{message} says nothing: {why}.',
  remedy: 'Enclose the text, the form or the file that it is about, sealed for the other side.',
  violatedBy({ envelope, items, givenBefore }) {
    const { message } = envelope;
    // of a data subject's access it may be said in a word that stands in clear
    const isOwed = BRINGS_SOMETHING.has(message) || (message === 'VIEWS_SUBMITTED' && envelope.body.view === undefined);
    // piece by piece, as often as there is a further piece: what was given already answers nothing more
    const pieces = message === 'PARTIAL_REPLY' ? items.filter(({ digest }) => !givenBefore.includes(digest)) : items;
    if (!isOwed || pieces.length > 0) return [];
    const why = items.length === 0 ? 'it encloses no item' : 'the other side was given its items in this exchange before';
    return [{ fill: { message, why }, offenders: ['items'], remedy: { action: 'complete-field', fields: ['items'] } }];
  },
});
