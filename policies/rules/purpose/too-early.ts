import { formatInstant } from '../../../domain/time.js';
import { askOwner } from '../../remedies.js';
import { rule } from '../../rule.js';
import { caveatsOf } from '../../vocabulary.js';

/** A purpose that is approved from a day on is not approved before it: told beside the condition itself (`label/condition`). */
export const tooEarly = rule({
  id: 'purpose/too-early',
  code: 'USE_BEYOND_PURPOSE',
  on: ['use'],
  source: 'UNCAC 46(19) [F2:S3,S4], 46(26) [M]; [S¶33-36]; rulings 1',
  sentence: '{owner} agreed to the use of {item} for {purpose} from {date} on; before that day it has agreed to no use.',
  remedy: 'Wait for the day, or ask the originator to change it.',
  violatedBy({ use, item, now }) {
    return caveatsOf(item.label, 'CONDITIONS').flatMap(({ by, notBefore }) =>
      notBefore === null || now >= notBefore || by === use.holder
        ? []
        : [
            {
              fill: { owner: by, item: item.digest, purpose: use.purpose, date: formatInstant(notBefore) },
              offenders: [by],
              remedy: askOwner(item, by),
            },
          ],
    );
  },
});
