import { formatInstant } from '../../../domain/time.js';
import { rule } from '../../rule.js';
import { NONE, noticesOf } from '../../vocabulary.js';

export const consulting = rule({
  id: 'lawful/consulting',
  code: 'EXCULPATORY_NOTICE_MISSING',
  on: ['release'],
  source: 'UNCAC 46(5): consult if asked [M]; rulings 2: 48 h [D]',
  sentence: 'By notice {notice} originators may ask to be consulted until {end}; nothing is disclosed before.',
  remedy: 'Wait, or have every originator say that it has nothing against it.',
  violatedBy(facts) {
    return noticesOf(facts)
      .filter(({ opensAt }) => facts.now < opensAt)
      .map(({ digest, opensAt }) => ({ fill: { notice: digest, end: formatInstant(opensAt) }, offenders: [digest], remedy: NONE }));
  },
});
