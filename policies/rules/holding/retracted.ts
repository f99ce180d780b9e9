import { isExculpatory } from '../../exemptions.js';
import { rule } from '../../rule.js';
import { itemsOf, named } from '../../vocabulary.js';

export const retracted = rule({
  id: 'holding/retracted',
  code: 'ITEM_RETRACTED',
  on: ['send', 'release', 'access', 'use', 'consent'],
  source: 'A.3 RETRACTION [D]; LED 7 [M]',
  sentence: '{item} was taken back by {originators}: it is neither used nor handed on.',
  remedy: 'Delete it, and ask the originator for a corrected one.',
  violatedBy(facts) {
    if (isExculpatory(facts)) return [];
    // who took it back may look at its own
    const reader = facts.action === 'access' ? facts.access.reader : null;
    return itemsOf(facts)
      .map(({ digest, retractedBy }) => ({ digest, originators: retractedBy.filter((one) => one !== reader) }))
      .filter(({ originators }) => originators.length > 0)
      .map(({ digest, originators }) => ({
        fill: { originators: named(originators), item: digest },
        offenders: [digest],
        remedy: { action: 'ask-originator', originators },
      }));
  },
});
