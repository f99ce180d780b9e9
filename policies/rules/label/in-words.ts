import type { AuthorityId, Digest } from '../../../domain/ids.js';
import type { ReleaseFacts } from '../../facts.js';
import { askOwner } from '../../remedies.js';
import { rule } from '../../rule.js';
import { caveatsOf, lawfulWayOf, named, returnsTo } from '../../vocabulary.js';

interface InWords {
  readonly by: AuthorityId;
  readonly texts: readonly Digest[];
}

/** What a person has to judge, because no program can. */
function inWords(facts: ReleaseFacts): InWords[] {
  const { label } = facts.item;
  // two persons decide on a lawful way, and 46(5) lets no restriction of a source bar one; 46(26) knows no such exception
  const restrictions = lawfulWayOf(facts) === null ? caveatsOf(label, 'OTHER_RESTRICTION') : [];
  return [...restrictions, ...caveatsOf(label, 'CONDITIONS').filter(({ texts }) => texts.length > 0)];
}

export const restrictionInWords = rule({
  id: 'label/in-words',
  code: 'CONDITION_NOT_MET',
  on: ['release'],
  source: 'A.5 OTHER_RESTRICTION (H3 [F:S23]); UNCAC 46(26) [M]; rulings 1: a signed human decision for each forward',
  sentence: '{owner} gave {item} under {texts}, in words: a person states that handing it on to {to} keeps to them.',
  remedy:
    'Read them and name them in the release as kept; where they are not, ask their owner to consent or to lift them. Whoever gave you the item can hand you their text.',
  violatedBy(facts) {
    const returns = returnsTo(facts);
    const { item, release } = facts;
    const said = release.kept ?? [];
    return inWords(facts)
      .filter(({ by }) => !returns(by))
      .map(({ by, texts }) => ({ by, texts, unsaid: texts.filter((text) => !said.includes(text)) }))
      .filter(({ texts, unsaid }) => texts.length === 0 || unsaid.length > 0)
      .map(({ by, texts, unsaid }) => ({
        fill: { owner: by, item: item.digest, texts: named(unsaid), to: release.to },
        // without words there is nothing that anybody could keep to
        offenders: texts.length === 0 ? [by] : unsaid,
        remedy: texts.length === 0 ? askOwner(item, by) : { action: 'complete-field', fields: ['kept'] },
      }));
  },
});
