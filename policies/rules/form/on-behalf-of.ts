import { rule } from '../../rule.js';

export const onBehalfOf = rule({
  id: 'form/on-behalf-of',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'INR.40 ¶18-19 [M]; section 12',
  sentence: 'onBehalfOf is mandatory for {profile}: it is always clear on whose behalf is asked (INR.40 ¶18-19).',
  remedy: 'Name the authority that needs the information.',
  violatedBy({ envelope }) {
    if (envelope.message !== 'SUBMIT' || envelope.exchangeType !== 'DIAGONAL_REQUEST' || envelope.onBehalfOf !== undefined) return [];
    return [
      {
        fill: { profile: envelope.profile },
        offenders: ['onBehalfOf'],
        remedy: { action: 'complete-field', fields: ['onBehalfOf'] },
      },
    ];
  },
});
