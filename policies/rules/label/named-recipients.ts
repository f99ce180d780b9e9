import type { AuthorityId } from '../../../domain/ids.js';
import type { FactsOf, ItemFacts } from '../../facts.js';
import { askFor } from '../../remedies.js';
import { rule } from '../../rule.js';
import { addresseeOf, agreesToRelease, caveatsOf, goesHome, itemsOf, NONE } from '../../vocabulary.js';

/** A sender that names its readers cannot at once address somebody else. */
const agreesOn = (facts: FactsOf<'send' | 'release'>, item: ItemFacts) =>
  facts.action === 'release'
    ? agreesToRelease(facts)
    : (owner: AuthorityId): boolean => owner === facts.envelope.to || goesHome(item, owner, facts.envelope.to, facts.envelope.toType);

export const namedRecipients = rule({
  id: 'label/named-recipients',
  code: 'RECIPIENT_NOT_NAMED',
  on: ['send', 'release'],
  source: 'A.5 NAMED_RECIPIENTS; rulings 2',
  sentence: '{to} is not among the recipients that {owner} names for {item}.',
  remedy: 'Ask the owner of the caveat for consent to this recipient.',
  violatedBy(facts) {
    const to = addresseeOf(facts).id;
    return itemsOf(facts).flatMap((item) => {
      const agrees = agreesOn(facts, item);
      return caveatsOf(item.label, 'NAMED_RECIPIENTS')
        .filter(({ by, recipients }) => !recipients.some((recipient) => recipient === to) && !agrees(by))
        .map(({ by }) => ({
          fill: { to, owner: by, item: item.digest },
          offenders: [to],
          remedy: facts.action === 'release' ? askFor(facts, by) : NONE,
        }));
    });
  },
});
