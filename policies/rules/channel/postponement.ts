import { FORMAL_MLA } from '../../remedies.js';
import { rule } from '../../rule.js';

export const postponement = rule({
  id: 'channel/postponement',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: '2.2; CETS 198 14, 47 [M]; AMLD6 24 [M]; rule 0.11',
  sentence: '{to} does not say that its law lets it hold back a transaction for a foreign unit.',
  remedy: 'Ask whether it may, or ask for freezing by formal request.',
  violatedBy({ envelope, exchange, to }) {
    const isAsked = exchange === null && envelope.exchangeType === 'POSTPONEMENT_REQUEST';
    return isAsked && to?.entry?.canSuspendForForeignFiu !== true
      ? [{ fill: { to: envelope.to }, offenders: [envelope.to], remedy: FORMAL_MLA }]
      : [];
  },
});
