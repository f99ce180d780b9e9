import { openingOf } from '../../../domain/profiles/index.js';
import { rule } from '../../rule.js';

export const clearFields = rule({
  id: 'form/clear-fields',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'Egmont ¶20, ¶21, ¶38 [F2:S9]; [S¶29]; section 12; rulings 1',
  sentence: '{field} is mandatory for {profile} ({article}).',
  remedy: 'Fill the member; an empty list is an answer, its absence is none.',
  violatedBy({ envelope }) {
    if (envelope.message !== 'SUBMIT') return [];
    const body = new Map<string, unknown>(Object.entries(envelope.body));
    const owed = openingOf(envelope.profile, envelope.exchangeType)?.body ?? [];
    return (
      owed
        // a statement that is answered with no (reciprocity) has not been made
        .filter(({ field }) => body.get(field) === undefined || body.get(field) === false)
        .map(({ field, article }) => ({
          fill: { field, profile: envelope.profile, article },
          offenders: [field],
          remedy: { action: 'complete-field', fields: [`body.${field}`] },
        }))
    );
  },
});
