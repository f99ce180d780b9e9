import { PROFILES } from '../../../domain/profiles/index.js';
import { ASSISTANCE_TYPES, type AssistanceType } from '../../../domain/vocabulary.js';
import type { Remedy } from '../../../domain/violation.js';
import { isExcepted } from '../../channels.js';
import type { SendFacts } from '../../facts.js';
import { FORMAL_MLA } from '../../remedies.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** A consultation may talk about coercive measures (`assistanceTypes`); to ask for one (`parts`) is another thing. */
function coerciveIn({ envelope }: SendFacts): string[] {
  const isCoercive = (type: AssistanceType): boolean => ASSISTANCE_TYPES[type].coercive && !isExcepted(type, envelope);
  const considered = envelope.exchangeType === 'INFORMAL_CONSULTATION' ? [] : (envelope.assistanceTypes ?? []).filter(isCoercive);
  const asked = envelope.message === 'SUBMIT' ? (envelope.body.parts ?? []) : [];
  const parts = asked
    .filter((part) => isCoercive(part.assistanceType) || (part.coercive && !isExcepted(part.assistanceType, envelope)))
    .map((part) => part.assistanceType);
  return [...new Set([...considered, ...parts])];
}

/** Provisional arrest goes with the formal request for extradition (44(10)), not by mutual legal assistance. */
const formalWay = ({ exchangeType }: SendFacts['envelope']): Remedy =>
  exchangeType === 'EXTRADITION_CONSULTATION' ? { action: 'formal-mla', via: 'CENTRAL_AUTHORITY_EXTRADITION' } : FORMAL_MLA;

export const coercive = rule({
  id: 'channel/coercive',
  code: 'COERCIVE_MEASURE_INFORMAL',
  on: ['send'],
  source: '[S¶16, ¶29, ¶30]; UNCAC 44(10), 46(13) [M]; StAR [F:S48]; the exception: CETS 198 14, 47 [M]',
  sentence: '{measures} needs a formal request; {profile} is informal.',
  remedy:
    'Ask by formal request through the central authorities; between units, a short suspension by POSTPONEMENT_REQUEST where the other allows it.',
  violatedBy(facts) {
    const measures = PROFILES[facts.envelope.profile].formal ? [] : coerciveIn(facts);
    return measures.length === 0
      ? []
      : [{ fill: { measures: named(measures), profile: facts.envelope.profile }, offenders: measures, remedy: formalWay(facts.envelope) }];
  },
});
