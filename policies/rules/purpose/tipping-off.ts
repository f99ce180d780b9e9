import { actionExceeds } from '../../../domain/label.js';
import { askOwner } from '../../remedies.js';
import { clearsAccused } from '../../held-on.js';
import { rule } from '../../rule.js';
import { caveatsOf } from '../../vocabulary.js';

export const tippingOff = rule({
  id: 'purpose/tipping-off',
  code: 'TIPPING_OFF_RISK',
  on: ['use'],
  source: 'PAP [F:S44]; 6.2, A.5 ACTION_LIMIT [D]; [F:S57]',
  sentence: '{owner} limits what is done because of {item} to {limit}; {action} may warn the subject.',
  remedy: 'Contact the originator first.',
  violatedBy(facts) {
    const { use, item } = facts;
    const { action, holder } = use;
    if (action === undefined) return [];
    const clears = clearsAccused(facts);
    return caveatsOf(item.label, 'ACTION_LIMIT')
      .filter(({ by, limit }) => by !== holder && actionExceeds(action, limit) && !clears(by))
      .map(({ by, limit }) => ({
        fill: { owner: by, item: item.digest, limit, action },
        offenders: [by],
        remedy: askOwner(item, by),
      }));
  },
});
