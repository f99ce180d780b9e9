import { rule } from '../../rule.js';
import { enclosureOf, NONE } from '../../vocabulary.js';
import type { ItemFacts } from '../../facts.js';

const MADE_FROM_OTHERS: ReadonlySet<ItemFacts['kind']> = new Set(['EXTRACT', 'TRANSLATION', 'RECEIVED']);

const isUnknown = (item: ItemFacts): boolean =>
  !item.sourcesComplete || item.sources.includes(null) || (MADE_FROM_OTHERS.has(item.kind) && item.derivedFrom.length === 0);

export const derivation = rule({
  id: 'holding/derivation',
  code: 'DERIVATION_UNKNOWN',
  on: ['send', 'consent-refusal'],
  source: 'rule 0.25; Dir 2023/977 6(1)(h) [M]; [D]',
  sentence: '{item} does not name every source it is made from, so nobody can tell whose restrictions it carries.',
  remedy: 'Name the sources by their digests, or leave what came from elsewhere out.',
  violatedBy(facts) {
    const { items, from } = enclosureOf(facts);
    return items
      .filter((item) => item.issuer === from && isUnknown(item))
      .map((item) => ({ fill: { item: item.digest }, offenders: [item.digest], remedy: NONE }));
  },
});
