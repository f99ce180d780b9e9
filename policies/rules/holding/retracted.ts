import { isExculpatory } from '../../exemptions.js';
import { rule } from '../../rule.js';
import { itemsOf } from '../../vocabulary.js';

export const retracted = rule({
  id: 'holding/retracted',
  code: 'ITEM_RETRACTED',
  on: ['send', 'release', 'access', 'use', 'consent'],
  source: 'A.3 RETRACTION [D]; LED 7 [M]',
  sentence: '{originator} has retracted {item}: it is neither used nor handed on.',
  remedy: 'Delete it, and ask the originator for a corrected one.',
  violatedBy(facts) {
    if (isExculpatory(facts)) return [];
    return itemsOf(facts).flatMap(({ digest, retractedBy }) =>
      // who took it back may look at its own
      retractedBy === null || (facts.action === 'access' && facts.access.reader === retractedBy)
        ? []
        : [
            {
              fill: { originator: retractedBy, item: digest },
              offenders: [digest],
              remedy: { action: 'ask-originator', originators: [retractedBy] },
            },
          ],
    );
  },
});
