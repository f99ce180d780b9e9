import { hasCaveat } from '../../../domain/label.js';
import { rule } from '../../rule.js';
import type { FactsOf } from '../../facts.js';
import { isOpenRecord } from '../../vocabulary.js';

/** For good, or until a day ("even temporarily": 46(5)). */
const KEEPING = ['CONFIDENTIAL_FACT', 'CONFIDENTIAL_UNTIL'] as const;

/** Did the sender's own request say that its fact is confidential? */
const isChosen = ({ envelope, opening }: FactsOf<'send'>): boolean =>
  opening.message === 'SUBMIT' && envelope.from === opening.from && opening.body.confidentiality === 'FACT_AND_SUBSTANCE';

export const confidentialChosen = rule({
  id: 'label/confidential-chosen',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'UNCAC 46(20) [M]; [S¶35]; section 12: CONFIDENTIAL_FACT if chosen [D]',
  sentence: '{caveat} is mandatory on {item}: the request of {owner} says that its fact and its substance are confidential.',
  remedy: 'Add the caveat in your own name, for good or until a day (CONFIDENTIAL_UNTIL); else choose SUBSTANCE or NONE.',
  violatedBy(facts) {
    const { envelope, items } = facts;
    const { from } = envelope;
    if (!isChosen(facts)) return [];
    return items
      .filter((item) => item.issuer === from && !isOpenRecord(item) && !KEEPING.some((code) => hasCaveat(item.label, code, from)))
      .map(({ digest }) => ({
        fill: { caveat: KEEPING[0], item: digest, owner: from },
        offenders: [digest],
        remedy: { action: 'complete-field' as const, fields: [`label.caveats.${KEEPING[0]}`] },
      }));
  },
});
