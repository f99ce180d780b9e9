import { filledIn } from '../../channels.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

function lacking(facts: SendFacts): string[] {
  const { envelope } = facts;
  if (envelope.message !== 'SUBMIT' || (envelope.urgency !== 'URGENT' && envelope.urgency !== 'EMERGENCY')) return [];
  const { urgencyThresholds = [], alsoRequestedVia } = envelope.body;
  return [
    ...(urgencyThresholds.length === 0 ? ['body.urgencyThresholds'] : []),
    ...(alsoRequestedVia === undefined ? ['body.alsoRequestedVia'] : []),
    ...(filledIn(facts).has('urgencyReason') ? [] : ['urgencyReason']),
  ];
}

export const urgency = rule({
  id: 'form/urgency',
  code: 'URGENCY_UNJUSTIFIED',
  on: ['send'],
  source: 'Egmont ¶21, fn 2 [F2:S9]; INR.40 ¶1 [F:S13]; A.7',
  sentence: '{urgency} needs a threshold, a reason and a word on other channels; lacking: {fields}.',
  remedy: 'Give what lacks, or send it as ROUTINE.',
  violatedBy(facts) {
    const fields = lacking(facts);
    return fields.length === 0
      ? []
      : [{ fill: { urgency: facts.envelope.urgency, fields: named(fields) }, offenders: fields, remedy: { action: 'justify', fields } }];
  },
});
