import { hasRunOut } from '../../../domain/calendar/running-clock.js';
import { formatInstant } from '../../../domain/time.js';
import type { SendFacts } from '../../facts.js';
import { rule } from '../../rule.js';

/** How the newest notice stands; null: it was answered, or its window is over, and nothing was lifted on it yet. */
function standing({ exchange, now }: SendFacts): string | null {
  const notice = exchange?.clocks.findLast(({ startedBy }) => startedBy === 'PROVISIONAL_MEASURE_LIFT_NOTICE');
  if (notice === undefined) return 'nobody told it';
  if (notice.isSpent === true) return 'what it was told of has been lifted';
  if (notice.metAt !== null || hasRunOut(notice, now)) return null;
  return `it was told and may answer${notice.provisional ? '' : ` until ${formatInstant(notice.due)}`}`;
}

export const liftNoticed = rule({
  id: 'channel/lift-noticed',
  code: 'REFUSAL_WITHOUT_CONSULTATION',
  on: ['send'],
  source: 'UNCAC 55(8) [M]; the window [D]',
  sentence: '{from} lifts a measure before {to}, which asked for it, could say why it should not end: {standing}.',
  remedy:
    'Send a PROVISIONAL_MEASURE_LIFT_NOTICE, one for all that is lifted at once, and wait for its reasons or the end of the window; where that is not possible, say why (withoutNotice).',
  violatedBy(facts) {
    const { envelope } = facts;
    const { message, exchangeType, from, to } = envelope;
    if (message !== 'MEASURE_LIFTED' || exchangeType !== 'FORMAL_MLA_REQUEST' || envelope.body.withoutNotice !== undefined) return [];
    const left = standing(facts);
    const remedy = { action: 'complete-field', fields: ['body.withoutNotice'] } as const;
    return left === null ? [] : [{ fill: { from, to, standing: left }, offenders: ['body.withoutNotice'], remedy }];
  },
});
