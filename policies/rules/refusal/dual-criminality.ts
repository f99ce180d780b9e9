import { partsMeant, type Part } from '../../../domain/parts.js';
import type { Remedy } from '../../../domain/violation.js';
import { ASSISTANCE_TYPES, COERCIVE_BY_CASE } from '../../../domain/vocabulary.js';
import type { SendFacts } from '../../facts.js';
import { named } from '../../vocabulary.js';
import { FORMAL_MLA } from '../../remedies.js';
import { rule } from '../../rule.js';

const GROUND = 'DUAL_CRIMINALITY';
/** these are done, and what needs coercion is refused by itself */
const OTHER_PARTS: Remedy = { action: 'complete-field', fields: ['body.parts'] };

/** What is coercive by its kind is so whatever the requester calls it; of kinds that are so by case the request says which it asks for. */
const isCoercive = ({ coercive, assistanceType }: Part): boolean =>
  coercive || (ASSISTANCE_TYPES[assistanceType].coercive && !COERCIVE_BY_CASE.has(assistanceType));

/** What the refusal concerns and needs no coercion: parts by id; where the request has none, kinds of assistance. */
function noncoercive({ envelope, exchange, opening }: SendFacts): readonly string[] {
  // in extradition it is a ground of its own (44(1)-(2))
  if (envelope.message !== 'REFUSE' || exchange === null || envelope.exchangeType === 'EXTRADITION_CONSULTATION') return [];
  if (exchange.parts.length > 0)
    return partsMeant(exchange.parts, envelope.body.parts).flatMap((part) => (isCoercive(part) ? [] : [part.id]));
  return (opening.assistanceTypes ?? []).filter((type) => !ASSISTANCE_TYPES[type].coercive);
}

export const dualCriminality = rule({
  id: 'refusal/dual-criminality',
  code: 'DUAL_CRIMINALITY_NONCOERCIVE',
  on: ['send'],
  source: 'UNCAC 46(9)(b) [M]',
  sentence: 'Absence of dual criminality does not justify refusing what needs no coercion: {parts}.',
  remedy: 'Help with these, and refuse the coercive parts alone.',
  violatedBy(facts) {
    const { envelope } = facts;
    const parts = noncoercive(facts);
    return envelope.message !== 'REFUSE' || !envelope.body.codes.includes(GROUND) || parts.length === 0
      ? []
      : [{ fill: { parts: named(parts) }, offenders: parts, remedy: envelope.profile === 'FORMAL_MLA' ? OTHER_PARTS : FORMAL_MLA }];
  },
});
