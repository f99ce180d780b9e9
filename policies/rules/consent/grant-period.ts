import { formatInstant } from '../../../domain/time.js';
import { rule } from '../../rule.js';

export const grantPeriod = rule({
  id: 'consent/grant-period',
  code: 'CONSENT_EXPIRED_OR_REVOKED',
  on: ['consent'],
  source: 'A.3 CONSENT_REQUEST: validFrom/To [D]',
  sentence: 'A consent that ends at {until} is over before it can be used.',
  remedy: 'Give it an end in the future, after its beginning.',
  violatedBy({ consent, now }) {
    const { from, until } = consent;
    return until > now && until > from
      ? []
      : [{ fill: { until: formatInstant(until) }, offenders: [], remedy: { action: 'complete-field', fields: ['until'] } }];
  },
});
