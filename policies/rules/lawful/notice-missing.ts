import type { AuthorityId } from '../../../domain/ids.js';
import type { ReleaseFacts } from '../../facts.js';
import { rule } from '../../rule.js';
import { named, noticesOf, returnsTo } from '../../vocabulary.js';

/** Whoever gave it and has to hear of it: not the holder itself, and not who gets its own back. */
const unheard = (facts: ReleaseFacts): AuthorityId[] => {
  const returns = returnsTo(facts);
  return facts.item.label.originators.filter((originator) => !returns(originator));
};

export const noticeMissing = rule({
  id: 'lawful/notice-missing',
  code: 'EXCULPATORY_NOTICE_MISSING',
  on: ['release'],
  source: 'UNCAC 46(5), 46(19) [M]; rule 0.5',
  sentence: 'Notify {originators} before {item} is disclosed to {to}, or record why that is impossible.',
  remedy: 'Sign the notice, have a second person approve it, and cite both.',
  violatedBy(facts) {
    const { item, release } = facts;
    if (release.purpose !== 'EXCULPATORY' || noticesOf(facts).some(({ way }) => way === 'EXCULPATORY')) return [];
    const originators = unheard(facts);
    return originators.length === 0
      ? []
      : [
          {
            fill: { originators: named(originators), item: item.digest, to: release.to },
            offenders: originators,
            remedy: { action: 'exculpatory-notice' },
          },
        ];
  },
});
