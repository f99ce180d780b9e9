import type { EnvelopePayload } from '../../../domain/wire/envelope.js';
import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { named, saysOnlyThatItCannot } from '../../vocabulary.js';

interface Reasons {
  /** null: the message has one code, and cannot be without */
  readonly codes: readonly string[] | null;
  readonly text: string | undefined;
}

/** Messages by which somebody does not get, or not yet, what was asked for. */
function reasonsIn(envelope: EnvelopePayload): Reasons | null {
  switch (envelope.message) {
    case 'REFUSE':
    case 'PRE_REFUSAL_CONSULTATION':
      return { codes: envelope.body.codes, text: envelope.body.text };
    case 'POSTPONE':
    case 'DELAY_NOTICE':
    case 'URGENCY_NOT_ACCEPTED':
      return { codes: null, text: envelope.body.text };
    default:
      return null;
  }
}

const isSuspended = ({ originator, holder }: FactsOf<'consent-refusal'>): boolean =>
  [originator, holder].some((party) => party?.standing === 'SUSPENDED');

const lackingOf = ({ codes, text }: Reasons, isSealed: boolean): string[] => [
  ...(codes?.length === 0 ? ['codes'] : []),
  ...(text === undefined || !isSealed ? ['text'] : []),
];

function lacking(facts: FactsOf<'send' | 'consent-refusal'>): string[] {
  if (facts.action === 'consent-refusal') {
    const { codes, text } = facts.refusal;
    // nothing sealed goes from or to a suspended participant: the code is the reason
    const isBare = saysOnlyThatItCannot(facts) || (codes.length > 0 && isSuspended(facts));
    return isBare ? [] : lackingOf({ codes, text }, true);
  }
  const reasons = reasonsIn(facts.envelope);
  // a digest alone proves no text: the item that bears it goes with the message
  return reasons === null
    ? []
    : lackingOf(
        reasons,
        facts.items.some((item) => item.digest === reasons.text),
      );
}

export const reason = rule({
  id: 'refusal/reason',
  code: 'REFUSAL_WITHOUT_REASON',
  on: ['send', 'consent-refusal'],
  source: 'UNCAC 46(23) [M]; Egmont ¶33 [F2:S9]; AMLD6 34(2) [F:S18]; A.3 POSTPONE, DELAY_NOTICE [D]',
  sentence: 'A refusal or a delay has a reason code and a text that is sealed with it; lacking: {fields}.',
  remedy: 'Give both; the text is sealed for the asker.',
  violatedBy(facts) {
    const fields = lacking(facts);
    return fields.length === 0
      ? []
      : [{ fill: { fields: named(fields) }, offenders: fields, remedy: { action: 'complete-field', fields } }];
  },
});
