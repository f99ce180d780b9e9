import { DAY_MS, formatInstant, isDayOver, type Instant } from '../../../domain/time.js';
import type { EnvelopePayload } from '../../../domain/wire/envelope.js';
import { rule } from '../../rule.js';

type Fault = readonly [member: string, says: string, fault: string];

/** as far as an envelope's own time may be off */
const AHEAD_MS_MAX = DAY_MS;

const PASSED = 'has passed';
const NOT_YET = 'has not come yet';

const dayToCome = (member: string, day: string | undefined, now: Instant): Fault[] =>
  day !== undefined && isDayOver(day, now) ? [[member, day, PASSED]] : [];

const timeToCome = (member: string, at: Instant | undefined, now: Instant): Fault[] =>
  at !== undefined && at <= now ? [[member, formatInstant(at), PASSED]] : [];

const timeGone = (member: string, at: Instant, now: Instant): Fault[] =>
  at > now + AHEAD_MS_MAX ? [[member, formatInstant(at), NOT_YET]] : [];

function faultsIn(envelope: EnvelopePayload, now: Instant): Fault[] {
  switch (envelope.message) {
    case 'SUBMIT': {
      const { periodFrom, periodTo, consent } = envelope.body;
      const isInverted = periodFrom !== undefined && periodTo !== undefined && periodTo < periodFrom;
      return [
        ...timeToCome('deadline', envelope.deadline, now),
        ...timeToCome('body.consent.until', consent?.until, now),
        ...(isInverted ? [['body.periodTo', periodTo, `is before ${periodFrom}`] as const] : []),
      ];
    }
    case 'ACKNOWLEDGE':
      return [
        ...timeGone('body.receivedAt', envelope.body.receivedAt, now),
        ...dayToCome('body.expectedDate', envelope.body.expectedDate, now),
      ];
    case 'CONDITIONS_PROPOSED':
      return timeToCome('body.notBefore', envelope.body.notBefore, now);
    case 'MEASURE_TAKEN':
      return timeToCome('body.until', envelope.body.until, now);
    case 'POSTPONE':
      return dayToCome('body.reviewDate', envelope.body.reviewDate, now);
    case 'DELAY_NOTICE':
      return dayToCome('body.newDate', envelope.body.newDate, now);
    case 'ORAL_CONFIRMATION':
      return timeGone('body.spokenAt', envelope.body.spokenAt, now);
    case 'EXTERNAL_LEG':
      return timeGone('body.at', envelope.body.at, now);
    default:
      return [];
  }
}

export const times = rule({
  id: 'form/times',
  code: 'MISSING_FIELD',
  on: ['send'],
  source: 'A.3, A.7 [D]: a day by which something is to happen lies ahead, and what is recorded has happened',
  sentence: '{field} says {time}, which {fault}.',
  remedy: 'Name a time that is still to come, and of what has happened when it did.',
  violatedBy({ envelope, now }) {
    return faultsIn(envelope, now).map(([field, time, fault]) => ({
      fill: { field, time, fault },
      offenders: [field],
      remedy: { action: 'complete-field', fields: [field] },
    }));
  },
});
