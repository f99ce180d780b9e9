import type { AuthorityType } from '../../../domain/vocabulary.js';
import type { SendFacts } from '../../facts.js';
import { FORMAL_MLA } from '../../remedies.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** In urgent circumstances, where the States agree, through INTERPOL if possible (46(13)): the formal copy follows. */
function goesByInterpol({ envelope, to }: SendFacts): boolean {
  const isUrgent = envelope.urgency === 'URGENT' || envelope.urgency === 'EMERGENCY';
  const areBureaux = envelope.fromType === 'INTERPOL_NCB' && envelope.toType === 'INTERPOL_NCB';
  return areBureaux && isUrgent && to?.entry?.acceptsInterpolUrgent === true;
}

const isCentral = (type: AuthorityType): boolean => type === 'CENTRAL_AUTHORITY_MLA';

export const formalAuthority = rule({
  id: 'channel/formal-authority',
  code: 'NOT_FORMAL_AUTHORITY',
  on: ['send'],
  source: 'UNCAC 46(13) [M]; [S¶28]',
  sentence: 'Formal requests go between central authorities; {others} is none here.',
  remedy: 'Send it through the central authorities; between bureaux only if it is urgent and the other side takes it so.',
  violatedBy(facts) {
    const { from, fromType, to, toType, exchangeType } = facts.envelope;
    if (facts.exchange !== null || exchangeType !== 'FORMAL_MLA_REQUEST' || goesByInterpol(facts)) return [];
    const others = [...(isCentral(fromType) ? [] : [from]), ...(isCentral(toType) ? [] : [to])];
    return others.length === 0 ? [] : [{ fill: { others: named(others) }, offenders: others, remedy: FORMAL_MLA }];
  },
});
