import { caveatsOwed } from '../../../domain/consultation.js';
import { isAtLeast, type Caveat, type Label } from '../../../domain/label.js';
import { isReply } from '../../../domain/messages.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** Would the caveat tighten the label? Then the label does not bear it. */
const lacks = (label: Label, caveat: Caveat): boolean =>
  !label.caveats.some((own) => own.code === caveat.code && own.by === caveat.by) ||
  !isAtLeast(label, { ...label, caveats: [...label.caveats, caveat] });

export const acceptedConditions = rule({
  id: 'refusal/accepted-conditions',
  code: 'CONDITION_NOT_MET',
  on: ['send'],
  source: 'UNCAC 46(26) [M]: accepted conditions bind',
  sentence: '{item} answers under conditions that were accepted, and its label does not bear {caveats}.',
  remedy: 'Put the accepted conditions on the label of what you send.',
  violatedBy({ envelope, exchange, items }) {
    if (!isReply(envelope) || exchange === null || envelope.from !== exchange.requested) return [];
    const owed = caveatsOwed(exchange, envelope.body.parts, envelope.from);
    return items.flatMap(({ digest, issuer, label }) => {
      const missing = issuer === envelope.from ? owed.filter((caveat) => lacks(label, caveat)).map(({ code }) => code) : [];
      return missing.length === 0
        ? []
        : [
            {
              fill: { item: digest, caveats: named(missing) },
              offenders: [digest],
              remedy: { action: 'complete-field' as const, fields: missing.map((code) => `label.caveats.${code}`) },
            },
          ];
    });
  },
});
