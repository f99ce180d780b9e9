import { PROFILES } from '../../../domain/profiles/index.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

export const postponementGround = rule({
  id: 'refusal/postponement-ground',
  code: 'REFUSAL_GROUND_FORBIDDEN',
  on: ['send'],
  source: 'UNCAC 46(25) [M]',
  sentence: '{ground} postpones nothing on {profile}; what does: {allowed}.',
  remedy: 'Say by a DELAY_NOTICE why it takes longer, and until when.',
  violatedBy({ envelope }) {
    if (envelope.message !== 'POSTPONE') return [];
    const { id, postponementGrounds: allowed } = PROFILES[envelope.profile];
    const { code } = envelope.body;
    return allowed === null || allowed.includes(code)
      ? []
      : [
          {
            fill: { ground: code, profile: id, allowed: named(allowed) },
            offenders: [code],
            remedy: { action: 'complete-field', fields: ['body.code'] },
          },
        ];
  },
});
