import type { ItemFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { askConsent, cameFrom, isFpsReport, named } from '../../vocabulary.js';

const isFree = (item: ItemFacts): boolean => item.kind === 'PUBLIC_RECORD' || isFpsReport(item);

export const sentOn = rule({
  id: 'consent/sent-on',
  code: 'NO_THIRD_PARTY_CONSENT',
  on: ['send'],
  source: '[S¶29]; rule 0.25; section 12, cross-profile rule 1 [D]',
  sentence: '{item} holds what {originators} gave; an envelope carries no consent of theirs to {to}.',
  remedy: 'Ask for consent, then hand the item itself on by a release.',
  violatedBy({ envelope, items }) {
    const { from, to, toType, purposes } = envelope;
    return items.flatMap((item) => {
      const strangers = isFree(item)
        ? []
        : item.label.originators.filter((originator) => originator !== from && !(originator === to && cameFrom(item, to, toType)));
      const [first] = strangers;
      return first === undefined
        ? []
        : [
            {
              fill: { item: item.digest, originators: named(strangers), to },
              offenders: strangers,
              remedy: askConsent(first, item, to, purposes[0] ?? 'INTELLIGENCE'),
            },
          ];
    });
  },
});
