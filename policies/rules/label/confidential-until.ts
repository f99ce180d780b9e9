import { formatInstant } from '../../../domain/time.js';
import { askFor } from '../../remedies.js';
import { rule } from '../../rule.js';
import { agreesToRelease, caveatsOf } from '../../vocabulary.js';

export const confidentialUntil = rule({
  id: 'label/confidential-until',
  code: 'CONFIDENTIALITY_OF_FACT',
  on: ['release'],
  source: 'UNCAC 46(5) [M], "even temporarily"; A.5 CONFIDENTIAL_UNTIL',
  sentence: '{owner} keeps it confidential until {date} that {item} exists.',
  remedy: 'Wait for the day, or ask the owner of the caveat.',
  violatedBy(facts) {
    const { item, now } = facts;
    const agrees = agreesToRelease(facts);
    return caveatsOf(item.label, 'CONFIDENTIAL_UNTIL')
      .filter(({ by, until }) => now < until && !agrees(by))
      .map(({ by, until }) => ({
        fill: { owner: by, item: item.digest, date: formatInstant(until) },
        offenders: [by],
        remedy: askFor(facts, by),
      }));
  },
});
