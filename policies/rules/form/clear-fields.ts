import { PROFILES } from '../../../domain/profiles/index.js';
import type { Owed } from '../../../domain/profiles/profile.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';

const CONSENT_REQUEST_OWES: readonly Owed[] = [{ field: 'consent', article: 'FINTRAC practice [F:S15]; A.3 [D]' }];

function owedBy({ envelope }: SendFacts): readonly Owed[] {
  if (envelope.message !== 'SUBMIT') return [];
  return envelope.exchangeType === 'CONSENT_REQUEST' ? CONSENT_REQUEST_OWES : PROFILES[envelope.profile].mandatoryBody;
}

export const clearFields = rule({
  id: 'form/clear-fields',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'Egmont ¶20, ¶21, ¶38 [F2:S9]; [S¶29]; section 12; rulings 1',
  sentence: '{field} is mandatory for {profile} ({article}).',
  remedy: 'Fill the member; an empty list is an answer, its absence is none.',
  violatedBy(facts) {
    const { envelope } = facts;
    const body = new Map<string, unknown>(Object.entries(envelope.body));
    return (
      owedBy(facts)
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
