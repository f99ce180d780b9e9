import type { AuthorityId } from '../../../domain/ids.js';
import type { FactsOf, ItemFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { askConsent, cameFrom, type Enclosure, enclosureOf, isFpsReport, isOpenRecord, named } from '../../vocabulary.js';

const isFree = (item: ItemFacts): boolean => isOpenRecord(item) || isFpsReport(item);

/** Whose information is in it, beside the sender's own and what goes back to who gave it. */
function strangersIn(item: ItemFacts, { from, to, toType }: Enclosure): AuthorityId[] {
  return isFree(item)
    ? []
    : item.label.originators.filter((originator) => originator !== from && !(originator === to && cameFrom(item, to, toType)));
}

const purposesOf = (facts: FactsOf<'send' | 'consent-refusal'>) =>
  facts.action === 'send'
    ? { heldFromOthers: facts.heldFromOthers, purposes: facts.envelope.purposes }
    : { heldFromOthers: [], purposes: facts.refusal.purposes };

export const sentOn = rule({
  id: 'consent/sent-on',
  code: 'NO_THIRD_PARTY_CONSENT',
  on: ['send', 'consent-refusal'],
  source: '[S¶29]; rule 0.25; section 12, cross-profile rule 1 [D]',
  sentence: '{item} holds what {originators} gave, and an envelope carries no consent to {to}.',
  remedy: 'Ask for consent, then hand the item itself on by a release.',
  violatedBy(facts) {
    const enclosure = enclosureOf(facts);
    const { to, items } = enclosure;
    const { heldFromOthers, purposes } = purposesOf(facts);
    const held = heldFromOthers.map((item) => ({
      fill: { item, originators: 'somebody else', to },
      offenders: [item],
      remedy: { action: 'none' } as const,
    }));
    const derived = items
      .filter((item) => !heldFromOthers.includes(item.digest))
      .flatMap((item) => {
        const strangers = strangersIn(item, enclosure);
        const [first] = strangers;
        if (first === undefined) return [];
        const remedy = askConsent(first, item, to, purposes[0] ?? 'INTELLIGENCE');
        return [{ fill: { item: item.digest, originators: named(strangers), to }, offenders: strangers, remedy }];
      });
    return [...held, ...derived];
  },
});
