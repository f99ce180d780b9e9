import { formatInstant } from '../../../domain/time.js';
import { rule } from '../../rule.js';

/** The same day `years` later, as text that sorts like the calendar. */
const yearsAfter = (civilDate: string, years: number): string =>
  `${Number(civilDate.slice(0, 4)) + years}`.padStart(4, '0') + civilDate.slice(4);

export const period = rule({
  id: 'form/period',
  code: 'PERIOD_NOT_JUSTIFIED',
  on: ['send'],
  source: 'Egmont ¶20 [F2:S9]; the number of years [D]',
  sentence: 'The period {from} to {to} is longer than {years} years and needs a justification.',
  remedy: 'Justify the period in the sealed form and name in clear the item that holds it, or shorten the period.',
  violatedBy({ envelope, deployment, now }) {
    if (envelope.message !== 'SUBMIT') return [];
    const { periodFrom, periodTo = formatInstant(now).slice(0, 10), periodJustified } = envelope.body;
    const years = deployment.periodYearsMax;
    if (periodFrom === undefined || periodTo <= yearsAfter(periodFrom, years)) return [];
    if (periodJustified !== undefined && envelope.items.includes(periodJustified)) return [];
    return [
      {
        fill: { from: periodFrom, to: periodTo, years: String(years) },
        offenders: ['periodFrom', 'periodTo'],
        remedy: { action: 'justify', fields: ['periodJustification', 'body.periodJustified'] },
      },
    ];
  },
});
