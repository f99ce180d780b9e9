import { hasType } from '../../../domain/authority.js';
import { rule } from '../../rule.js';
import { NONE } from '../../vocabulary.js';

export const sender = rule({
  id: 'channel/sender',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: '[S¶43(c)(d)]; rule 0.18',
  sentence: '{from} is not designated as {type} and may use no channel as one.',
  remedy: 'Send as a type for which the directory lists you.',
  violatedBy({ from, envelope }) {
    return from !== null && hasType(from, envelope.fromType)
      ? []
      : [{ fill: { from: envelope.from, type: envelope.fromType }, offenders: [envelope.from], remedy: NONE }];
  },
});
