import { filledIn, hasPlaceFor } from '../../channels.js';
import { rule } from '../../rule.js';

export const deadlineReason = rule({
  id: 'form/deadline-reason',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'UNCAC 46(24) [F2:S3]; A.7',
  sentence: 'deadlineReason is mandatory for a request on {profile} that names a day (UNCAC 46(24)).',
  remedy: 'Say in the sealed form why the answer is needed by that day, or name none.',
  violatedBy(facts) {
    const { envelope } = facts;
    if (envelope.message !== 'SUBMIT' || envelope.deadline === undefined || filledIn(facts).has('deadlineReason')) return [];
    // a consent request has no form
    if (!hasPlaceFor(envelope, 'deadlineReason')) return [];
    return [
      {
        fill: { profile: envelope.profile },
        offenders: ['deadlineReason'],
        remedy: { action: 'justify', fields: ['deadlineReason'] },
      },
    ];
  },
});
