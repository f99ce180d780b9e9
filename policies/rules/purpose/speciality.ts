import { askOwner } from '../../remedies.js';
import { rule } from '../../rule.js';
import { clearsAccused } from '../../held-on.js';
import { caveatsOf, named } from '../../vocabulary.js';

export const speciality = rule({
  id: 'purpose/speciality',
  code: 'USE_BEYOND_PURPOSE',
  on: ['use'],
  source: 'UNCAC 46(19) [F2:S3,S4]; A.5 SPECIALITY; rulings 1',
  sentence: '{owner} gave {item} for proceedings {proceedings} only, not for {used}.',
  remedy:
    'Name the proceedings; where they are others, ask the originator to set its caveat anew, with these among those that it allows, or, where its consent was bound to them, for another consent, on which it is released anew.',
  violatedBy(facts) {
    const { use, item } = facts;
    const clears = clearsAccused(facts);
    return caveatsOf(item.label, 'SPECIALITY')
      .filter(({ by }) => by !== use.holder && !clears(by))
      .filter(({ proceedings }) => use.proceedings === undefined || !proceedings.includes(use.proceedings))
      .map(({ by, proceedings }) => ({
        fill: { owner: by, item: item.digest, proceedings: named(proceedings), used: use.proceedings ?? 'unnamed ones' },
        offenders: [by],
        remedy: use.proceedings === undefined ? { action: 'complete-field', fields: ['proceedings'] } : askOwner(item, by),
      }));
  },
});
