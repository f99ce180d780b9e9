import { civilDateAt, formatInstant, plusDays, type Instant } from '../../../domain/time.js';
import { declaredAs } from '../../../domain/wire/declarations.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';

/** When the measure was first taken: a longer one is the same measure. */
const takenAt = ({ exchange, now }: SendFacts): Instant =>
  exchange?.clocks.filter(({ startedBy }) => startedBy === 'MEASURE_TAKEN').map(({ startedAt }) => startedAt)[0] ?? now;

export const measureLongest = rule({
  id: 'channel/measure-longest',
  code: 'CHANNEL_NOT_PERMITTED',
  on: ['send'],
  source: '2.2: for a short fixed time; CETS 198 14, 47 [M]; AMLD6 24 [M]; Lausanne GL 2 [F:S50]',
  sentence: '{from} says that its law holds a transaction back for {days} days at most, until the end of {last}; {until} is later.',
  remedy: 'Name a moment within them; what has to stand longer is frozen by formal request.',
  violatedBy(facts) {
    const { envelope, from } = facts;
    if (envelope.message !== 'MEASURE_TAKEN' || from === null || from.entry === null) return [];
    const days = declaredAs(from.entry, envelope.fromType).law?.suspensionDaysMax;
    if (days === undefined) return [];
    const { timeZone } = from.entry;
    const { until } = envelope.body;
    const last = plusDays(civilDateAt(takenAt(facts), timeZone), days);
    return civilDateAt(until, timeZone) <= last
      ? []
      : [
          {
            fill: { from: envelope.from, days: String(days), last, until: formatInstant(until) },
            offenders: ['body.until'],
            remedy: { action: 'complete-field', fields: ['body.until'] },
          },
        ];
  },
});
