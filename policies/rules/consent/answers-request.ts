import type { ConsentPayload, ConsentRefusalPayload } from '../../../domain/wire/consent.js';
import type { AskedConsent } from '../../facts.js';
import { rule } from '../../rule.js';
import { named } from '../../vocabulary.js';

/** Is anything of what was asked in it: an item, the recipient as that type, a purpose? */
const answers = (asked: AskedConsent, { items, recipient, purposes }: ConsentPayload | ConsentRefusalPayload): boolean =>
  recipient.authority === asked.recipient.authority &&
  recipient.authorityType === asked.recipient.authorityType &&
  asked.items.some((item) => items.includes(item)) &&
  asked.recipient.purposes.some((purpose) => purposes.includes(purpose));

export const answersRequest = rule({
  id: 'consent/answers-request',
  code: 'CONSENT_SCOPE_EXCEEDED',
  on: ['consent', 'consent-refusal'],
  source: 'A.3 CONSENT_REQUEST; rulings 4: granted as a grid and in part [D]',
  sentence: '{originator} was asked for {items} to {recipient} for {purposes}, and this answers with nothing of that.',
  remedy: 'Answer something of what was asked; what nobody asked for is granted without naming the request.',
  violatedBy(facts) {
    const { asked } = facts;
    const said = facts.action === 'consent' ? facts.consent : facts.refusal;
    if (asked === null || answers(asked, said)) return [];
    const { items, recipient } = asked;
    const { authority, authorityType, purposes } = recipient;
    return [
      {
        fill: {
          originator: said.originator,
          items: named(items),
          recipient: `${authority} as ${authorityType}`,
          purposes: named(purposes),
        },
        offenders: ['request'],
        remedy: { action: 'complete-field', fields: ['items', 'recipient', 'purposes'] },
      },
    ];
  },
});
