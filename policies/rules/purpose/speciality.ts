import { rule } from '../../rule.js';
import { askConsent, caveatsOf, named } from '../../vocabulary.js';

export const speciality = rule({
  id: 'purpose/speciality',
  code: 'USE_BEYOND_PURPOSE',
  on: ['use'],
  source: 'UNCAC 46(19) [M]; A.5 SPECIALITY; rulings 1',
  sentence: '{owner} gave {item} for proceedings {proceedings} only, not for {used}.',
  remedy: 'Ask the originator for consent to these proceedings.',
  violatedBy({ use, item }) {
    return caveatsOf(item.label, 'SPECIALITY')
      .filter(({ by, proceedings }) => by !== use.holder && (use.proceedings === undefined || !proceedings.includes(use.proceedings)))
      .map(({ by, proceedings }) => ({
        fill: { owner: by, item: item.digest, proceedings: named(proceedings), used: use.proceedings ?? 'unnamed ones' },
        offenders: [by],
        remedy: askConsent(by, item, use.holder, use.purpose),
      }));
  },
});
