import { PROFILES } from '../../../domain/profiles/index.js';
import { rule } from '../../rule.js';
import { named, saysOnlyThatItCannot } from '../../vocabulary.js';

export const consentGround = rule({
  id: 'refusal/consent-ground',
  code: 'REFUSAL_GROUND_FORBIDDEN',
  on: ['consent-refusal'],
  source: 'AMLD6 34(2) [F:S18]; Egmont 2013, CETS 198 46(8) [M]',
  sentence: 'Consent is not refused for {grounds}; the grounds are {allowed}.',
  remedy: 'Choose one of the grounds, or grant.',
  violatedBy(facts) {
    if (saysOnlyThatItCannot(facts)) return [];
    const { refusal, profile } = facts;
    const allowed = PROFILES[profile].consentRefusalGrounds;
    const grounds = refusal.codes.filter((code) => !allowed.includes(code));
    return grounds.length === 0
      ? []
      : [
          {
            fill: { grounds: named(grounds), allowed: named(allowed) },
            offenders: grounds,
            remedy: { action: 'complete-field', fields: ['codes'] },
          },
        ];
  },
});
