import type { AuthorityId, Digest } from '../../../domain/ids.js';
import type { Remedy } from '../../../domain/violation.js';
import type { FactsOf, ItemFacts } from '../../facts.js';
import { chooseAnother, isObserver } from '../../remedies.js';
import { rule } from '../../rule.js';
import { cameFrom, type Enclosure, enclosureOf, isFpsReport, isOpenRecord, named } from '../../vocabulary.js';

const isFree = (item: ItemFacts): boolean => isOpenRecord(item) || isFpsReport(item);

/** Whose information is in it, whether its label says so or not, beside the sender's own and what goes back to who gave it. */
function strangersIn(item: ItemFacts, { from, to, toType }: Enclosure): AuthorityId[] {
  if (isFree(item)) return [];
  const originators = new Set([item.label, ...item.sources].flatMap((label) => label?.originators ?? []));
  return [...originators].filter((originator) => originator !== from && !(originator === to && cameFrom(item, to, toType)));
}

type Enclosing = FactsOf<'send' | 'consent-refusal'>;

/**
 * What its consent is asked to: nobody consents to what is handed in now and refused, but to what that is made from (rulings 4). None: a new
 * item names nothing of its own.
 */
const askedAbout = (originator: AuthorityId, { digest, givenOn, derivedFrom, sources }: ItemFacts): readonly Digest[] =>
  givenOn === null ? derivedFrom.filter((_, at) => sources[at]?.originators.includes(originator)) : [digest];

function mendOf(facts: Enclosing, originator: AuthorityId, item: ItemFacts): Remedy {
  if (facts.action === 'send' && isObserver(facts.to, facts.envelope.profile)) return chooseAnother(facts);
  const { purposes } = facts.action === 'send' ? facts.envelope : facts.refusal;
  const [recipient, purpose] = [enclosureOf(facts).to, purposes[0] ?? 'INTELLIGENCE'];
  const items = askedAbout(originator, item);
  return items.length === 0
    ? { action: 'complete-field', fields: ['derivedFrom'] }
    : { action: 'consent-request', originator, items, recipient, purpose };
}

export const sentOn = rule({
  id: 'consent/sent-on',
  code: 'NO_THIRD_PARTY_CONSENT',
  on: ['send', 'consent-refusal'],
  source: '[S¶29]; rule 0.25; section 12, cross-profile rule 1 [D]',
  sentence: '{item} holds what {originators} gave, and an envelope carries no consent to {to}.',
  remedy: 'Ask for consent to it, or to what it is made from if it is new, then hand that on by a release.',
  violatedBy(facts) {
    const enclosure = enclosureOf(facts);
    const { to, items } = enclosure;
    const heldFromOthers = facts.action === 'send' ? facts.heldFromOthers : [];
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
        const remedy = mendOf(facts, first, item);
        return [{ fill: { item: item.digest, originators: named(strangers), to }, offenders: strangers, remedy }];
      });
    return [...held, ...derived];
  },
});
