import { ASSISTANCE_TYPES, type AssistanceType } from '../../../domain/vocabulary.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { FORMAL_MLA, named } from '../../vocabulary.js';

const isCoercive = (type: AssistanceType): boolean => ASSISTANCE_TYPES[type].coercive;

/** A consultation may talk about coercive measures (`assistanceTypes`); to ask for one (`parts`) is another thing. */
function coerciveIn({ envelope }: SendFacts): string[] {
  const considered = envelope.exchangeType === 'INFORMAL_CONSULTATION' ? [] : (envelope.assistanceTypes ?? []).filter(isCoercive);
  const asked = envelope.message === 'SUBMIT' ? (envelope.body.parts ?? []) : [];
  const parts = asked.filter((part) => part.coercive || isCoercive(part.assistanceType)).map((part) => part.assistanceType);
  return [...new Set([...considered, ...parts])];
}

export const coercive = rule({
  id: 'channel/coercive',
  code: 'COERCIVE_MEASURE_INFORMAL',
  on: ['send'],
  source: '[S¶16, ¶29, ¶30]; UNCAC 46(13) [M]; StAR [F:S48]',
  sentence: '{measures} needs a formal request; {profile} is informal.',
  remedy: 'Ask by formal request through the central authorities.',
  violatedBy(facts) {
    const measures = coerciveIn(facts);
    return measures.length === 0
      ? []
      : [{ fill: { measures: named(measures), profile: facts.envelope.profile }, offenders: measures, remedy: FORMAL_MLA }];
  },
});
