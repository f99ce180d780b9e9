import { rule } from '../../rule.js';
import { caveatsOf, named } from '../../vocabulary.js';

/** A caveat of another originator is that one's to keep: the reader is bound by both, and asked by whichever it would break. */
export const grantProceedings = rule({
  id: 'consent/grant-proceedings',
  code: 'LABEL_CONTRADICTORY',
  on: ['consent'],
  source: 'UNCAC 46(19) [F2:S3,S4]; A.5 SPECIALITY; house rule: a consent that allows nothing is refused [D]',
  sentence: '{originator} gave {item} for proceedings {proceedings} only, and this consent is for none of them: no use would be left.',
  remedy: 'Name proceedings that the caveat has, or set the caveat anew first, with these among them.',
  violatedBy({ consent, items }) {
    const { conditions, originator } = consent;
    if (conditions === undefined) return [];
    return items.flatMap((item) =>
      caveatsOf(item.label, 'SPECIALITY')
        .filter(({ by, proceedings }) => by === originator && !proceedings.some((one) => conditions.includes(one)))
        .map(({ proceedings }) => ({
          fill: { originator, item: item.digest, proceedings: named(proceedings) },
          offenders: [item.digest],
          remedy: { action: 'complete-field', fields: ['conditions'] },
        })),
    );
  },
});
