import { filledIn, hasPlaceFor } from '../../channels.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

function lacking(facts: SendFacts): string[] {
  const { envelope } = facts;
  if (envelope.message !== 'SUBMIT' || envelope.urgency === 'ROUTINE') return [];
  // the reason of a date is `form/deadline-reason`
  if (envelope.urgency === 'PRIORITY') return envelope.deadline === undefined ? ['deadline'] : [];
  const { urgencyThresholds = [], alsoRequestedVia } = envelope.body;
  return [
    ...(urgencyThresholds.length === 0 ? ['body.urgencyThresholds'] : []),
    ...(alsoRequestedVia === undefined ? ['body.alsoRequestedVia'] : []),
    // what nobody asked for, and a request for consent, have no place for it: the threshold says why
    ...(hasPlaceFor(envelope, 'urgencyReason') && !filledIn(facts).has('urgencyReason') ? ['urgencyReason'] : []),
  ];
}

export const urgency = rule({
  id: 'form/urgency',
  code: 'URGENCY_UNJUSTIFIED',
  on: ['send'],
  source: 'Egmont ¶21, fn 2 [F2:S9]; INR.40 ¶1 [F:S13]; A.7',
  sentence: '{urgency} needs {what}; lacking: {fields}.',
  remedy: 'Give what lacks, or send it as ROUTINE.',
  violatedBy(facts) {
    const fields = lacking(facts);
    if (fields.length === 0) return [];
    const { urgency: degree } = facts.envelope;
    const what =
      degree === 'PRIORITY' ? 'a date with its reason' : 'a threshold, a word on other channels and, where the form asks, a reason';
    return [{ fill: { urgency: degree, what, fields: named(fields) }, offenders: fields, remedy: { action: 'justify', fields } }];
  },
});
