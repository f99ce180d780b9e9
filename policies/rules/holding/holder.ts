import type { FactsOf } from '../../facts.js';
import { rule } from '../../rule.js';
import { named, NONE } from '../../vocabulary.js';

type Handling = FactsOf<'send' | 'release' | 'access' | 'use'>;

function notHeld(facts: Handling): readonly string[] {
  if (facts.action !== 'send') return facts.holds ? [] : [facts.item.digest];
  const { envelope, heldFromOthers, items } = facts;
  return items.filter((item) => item.issuer !== envelope.from && !heldFromOthers.includes(item.digest)).map((item) => item.digest);
}

function handlerOf(facts: Handling): string {
  if (facts.action === 'send') return facts.envelope.from;
  if (facts.action === 'access') return facts.access.reader;
  const { holder, holderType } = facts.action === 'release' ? facts.release : facts.use;
  // in another of its roles it may
  return holderType === undefined ? holder : `${holder} as ${holderType}`;
}

export const holder = rule({
  id: 'holding/holder',
  code: 'NOT_HOLDER',
  on: ['send', 'release', 'access', 'use'],
  source: 'A: holder [D]; protocol 6',
  sentence: '{authority} does not hold {items}.',
  remedy: 'Ask who holds it for a release.',
  violatedBy(facts) {
    const items = notHeld(facts);
    return items.length === 0 ? [] : [{ fill: { authority: handlerOf(facts), items: named(items) }, offenders: items, remedy: NONE }];
  },
});
