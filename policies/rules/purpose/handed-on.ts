import { handedPast } from '../../in-the-way.js';
import { askConsent } from '../../remedies.js';
import { rule } from '../../rule.js';
import { intentionOf, named, NONE, purposesOf } from '../../vocabulary.js';

export const handedOn = rule({
  id: 'purpose/handed-on',
  code: 'USE_BEYOND_PURPOSE',
  on: ['access', 'use'],
  source: 'rule 0.4: consent is presumed for exactly those purposes [F2:S9]; UNCAC 46(5), 46(19) [M]; LED 35(2) [M]',
  sentence:
    '{holder} was handed {item} by {givers} for {purposes}, and {originators} consented to no {purpose}: nor does what {holder} made from it serve that.',
  remedy:
    'Say the purpose that it was handed on for, or ask the originator for consent to this one; where it may be handed on for this one too (the request named the holder for it, an exemption covers it, a lawful way is open), have the giver release it a second time for that.',
  violatedBy(facts) {
    const { item: used, purpose } = intentionOf(facts);
    // what no label lists is beyond it for everybody (purpose/beyond)
    if (!purposesOf(used).includes(purpose)) return [];
    const holder = facts.action === 'access' ? facts.access.reader : facts.use.holder;
    return handedPast(facts).map(({ item, originators, purposes, givers }) => ({
      fill: { holder, item: item.digest, givers: named(givers), purposes: named(purposes), originators: named(originators), purpose },
      offenders: originators,
      remedy: facts.action === 'access' ? NONE : askConsent(originators[0]!, item, holder, purpose),
    }));
  },
});
