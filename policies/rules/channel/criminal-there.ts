import { rule } from '../../rule.js';

const FOCAL_POINT = 'CIVIL_ADMIN_FOCAL_POINT';

export const criminalThere = rule({
  id: 'channel/criminal-there',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: 'section 12: where the requested State treats it as criminal; [S¶22, ¶33-36]',
  sentence:
    '{to} deals with criminal matters; it is asked in a civil or administrative one where that is criminal on its side, and not {there}.',
  remedy: 'Ask the focal point for civil and administrative proceedings of that State.',
  violatedBy({ envelope }) {
    if (envelope.message !== 'SUBMIT' || envelope.exchangeType !== 'CIVIL_ADMIN_REQUEST') return [];
    const there = envelope.body.matterTypeRequested;
    return envelope.toType !== 'CENTRAL_AUTHORITY_MLA' || there === undefined || there === 'CRIMINAL'
      ? []
      : [
          {
            fill: { to: envelope.to, there },
            offenders: [envelope.to],
            remedy: { action: 'choose-addressee', types: [FOCAL_POINT] },
          },
        ];
  },
});
