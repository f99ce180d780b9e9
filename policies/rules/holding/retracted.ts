import { clearsAccused } from '../../held-on.js';
import { rule } from '../../rule.js';
import { itemsOf, lawfulWayOf } from '../../vocabulary.js';
import type { FactsOf } from '../../facts.js';

/** What is exculpatory is disclosed, retracted or not, and read and used by who got it so (rulings 2). */
const isExculpatory = (facts: FactsOf<'send' | 'release' | 'access' | 'use' | 'consent'>): boolean => {
  if (facts.action === 'use') return facts.item.label.originators.every((originator) => clearsAccused(facts, originator));
  if (facts.action === 'release') return lawfulWayOf(facts) === 'EXCULPATORY';
  return facts.action === 'access' && facts.release?.purpose === 'EXCULPATORY' && 'notices' in facts.release.basis;
};

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
