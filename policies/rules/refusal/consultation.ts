import { unconsulted } from '../../../domain/consultation.js';
import { MACHINES } from '../../../domain/machines/index.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** 46(26) knows no exception; 44(17) bids consult where appropriate, and whoever finds that it is not says why. */
const mayBeLeftOut = ({ envelope }: SendFacts): boolean =>
  envelope.exchangeType === 'EXTRADITION_CONSULTATION' && envelope.message === 'REFUSE' && envelope.body.notAppropriate !== undefined;

export const consultation = rule({
  id: 'refusal/consultation',
  code: 'REFUSAL_WITHOUT_CONSULTATION',
  on: ['send'],
  source: 'UNCAC 46(26) [M]; 44(17) [F2:S3]; the window: rulings 5 [D]',
  sentence: '{message} of {parts} comes before the other side was heard, or while it may still answer.',
  remedy: 'Consult, and wait for its views or for the end of the window.',
  violatedBy(facts) {
    const { envelope, exchange, now } = facts;
    const owes = MACHINES[envelope.exchangeType].table.some((row) => row.step === envelope.message && row.consultation === 'OWED');
    if (exchange === null || !owes || mayBeLeftOut(facts)) return [];
    const parts = unconsulted(exchange, 'parts' in envelope.body ? partIds(envelope.body.parts) : undefined, now);
    return parts.length === 0
      ? []
      : [{ fill: { message: envelope.message, parts: named(parts) }, offenders: parts, remedy: { action: 'consult', parts } }];
  },
});

const partIds = (parts: readonly (string | object)[] | undefined): readonly string[] | undefined =>
  parts?.filter((part) => typeof part === 'string');
