import { rule } from '../../rule.js';
import { answersForOthers, saysOnlyThatItCannot } from '../../vocabulary.js';

/** Grounds that would say what the asker is not to hear. */
const TELLING: ReadonlySet<string> = new Set(['CANNOT_PROVIDE', 'ORIGINATOR_CONSENT_MISSING']);

export const cannotProvide = rule({
  id: 'refusal/cannot-provide',
  code: 'ORIGINATOR_CONSENT_MISSING',
  on: ['consent-refusal'],
  source: '6.4 (5) [D]; ORCON [F:S44]; rulings 2: messages across owners are minimal',
  sentence: 'To {asker} it cannot be provided, and that is all: not whose consent is lacking, nor that one is.',
  remedy: 'Say CANNOT_PROVIDE, alone and without a text.',
  violatedBy(facts) {
    const { codes, holder } = facts.refusal;
    if (!answersForOthers(facts) || saysOnlyThatItCannot(facts) || !codes.some((code) => TELLING.has(code))) return [];
    return [{ fill: { asker: holder }, offenders: [...codes], remedy: { action: 'complete-field', fields: ['codes', 'text'] } }];
  },
});
