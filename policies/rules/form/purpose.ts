import { rule } from '../../rule.js';

export const purpose = rule({
  id: 'form/purpose',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'INR.40 ¶1 [F:S13]; rule 0.12',
  sentence: 'purposes is mandatory for {profile} (INR.40 ¶1).',
  remedy: 'Say what the answer is to be used for.',
  violatedBy({ envelope }) {
    return envelope.message !== 'SUBMIT' || envelope.purposes.length > 0
      ? []
      : [{ fill: { profile: envelope.profile }, offenders: ['purposes'], remedy: { action: 'complete-field', fields: ['purposes'] } }];
  },
});
