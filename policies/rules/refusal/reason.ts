import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

interface Refusing {
  readonly codes: readonly string[];
  readonly text?: string | undefined;
}

function refusalIn(facts: FactsOf<'send' | 'consent-refusal'>): Refusing | null {
  if (facts.action === 'consent-refusal') return facts.refusal;
  return facts.envelope.message === 'REFUSE' ? facts.envelope.body : null;
}

function lacking(facts: FactsOf<'send' | 'consent-refusal'>): string[] {
  const refusing = refusalIn(facts);
  if (refusing === null) return [];
  return [...(refusing.codes.length === 0 ? ['codes'] : []), ...(refusing.text === undefined ? ['text'] : [])];
}

export const reason = rule({
  id: 'refusal/reason',
  code: 'REFUSAL_WITHOUT_REASON',
  on: ['send', 'consent-refusal'],
  source: 'UNCAC 46(23) [M]; Egmont ¶33 [F2:S9]; AMLD6 34(2) [F:S18]',
  sentence: 'A refusal has a reason code and a text; lacking: {fields}.',
  remedy: 'Give both; the text is sealed for the asker.',
  violatedBy(facts) {
    const fields = lacking(facts);
    return fields.length === 0
      ? []
      : [{ fill: { fields: named(fields) }, offenders: fields, remedy: { action: 'complete-field', fields } }];
  },
});
