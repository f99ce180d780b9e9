import { owedBy } from '../../../domain/profiles/form.js';
import { openingOf } from '../../../domain/profiles/index.js';
import { askedIn, filledIn } from '../../channels.js';
import { rule } from '../../rule.js';

export const sealedFields = rule({
  id: 'form/sealed-fields',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'AMLD6 31(1) [F:S19]; INR.40 ¶1 [F:S13]; UNCAC 46(15), 55(3) [M]; section 12; rule 0.12',
  sentence: '{field} is mandatory for {profile} ({article}).',
  remedy: 'Fill the field; its content stays sealed, only its name is visible.',
  violatedBy(facts) {
    const { envelope } = facts;
    if (envelope.message !== 'SUBMIT') return [];
    const form = openingOf(envelope.profile, envelope.exchangeType)?.form ?? null;
    if (form === null) return [];
    const present = filledIn(facts);
    return owedBy(form, askedIn(envelope))
      .filter(({ field }) => !present.has(field))
      .map(({ field, article }) => ({
        fill: { field, profile: envelope.profile, article },
        offenders: [field],
        remedy: { action: 'complete-field', fields: [field] },
      }));
  },
});
