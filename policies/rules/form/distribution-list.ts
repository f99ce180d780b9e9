import { CHILDREN_MAX } from '../../../domain/messages.js';
import { rule } from '../../rule.js';
import { NONE } from '../../vocabulary.js';

export const distributionList = rule({
  id: 'form/distribution-list',
  code: 'DISTRIBUTION_LIST_TOO_BROAD',
  on: ['send'],
  source: 'Egmont ¶25 [F2:S9]; the number: rulings 5 [D]',
  sentence: '{count} addressees of one request; it goes to {max} at most, and to nobody whose country has no part in it.',
  remedy: 'Ask those whose link with the case you can explain.',
  violatedBy({ envelope, siblings }) {
    const isChild = envelope.message === 'SUBMIT' && envelope.exchangeType === 'MULTI_FIU_REQUEST';
    return !isChild || siblings < CHILDREN_MAX
      ? []
      : [{ fill: { count: String(siblings + 1), max: String(CHILDREN_MAX) }, offenders: [envelope.to], remedy: NONE }];
  },
});
