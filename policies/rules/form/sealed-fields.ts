import { PROFILES } from '../../../domain/profiles/index.js';
import { rule } from '../../rule.js';

export const sealedFields = rule({
  id: 'form/sealed-fields',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'AMLD6 31(1) [F:S19]; INR.40 ¶1 [F:S13]; section 12; rule 0.12',
  sentence: '{field} is mandatory for {profile} ({article}).',
  remedy: 'Fill the field; its content stays sealed, only its name is visible.',
  violatedBy({ envelope, items }) {
    if (envelope.message !== 'SUBMIT' || envelope.exchangeType === 'CONSENT_REQUEST') return [];
    const present = new Set(items.flatMap((item) => item.form?.present ?? []));
    return PROFILES[envelope.profile].mandatoryForm
      .filter(({ field }) => !present.has(field))
      .map(({ field, article }) => ({
        fill: { field, profile: envelope.profile, article },
        offenders: [field],
        remedy: { action: 'complete-field', fields: [field] },
      }));
  },
});
