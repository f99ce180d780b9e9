import { Command } from 'commander';
import type { ExchangeId } from '../../../domain/ids.js';
import type { ClockAnswer } from '../../../domain/wire/http-answers.js';
import { exchange } from '../arguments.js';
import { readInstant } from '../../sdk/index.js';
import { wallTime } from '../wall-time.js';
import { checkAnswer, checkLines, forParts, OWED } from '../what-next.js';
import { wrapped } from '../wrapped.js';
import type { Workplace } from '../workplace.js';

/** Why an exchange's dates are what they are. */
export const datesCommand = (workplace: Workplace): Command =>
  new Command('dates')
    .description('the due dates of an exchange, and how each was counted')
    .argument('<exchange>', 'its id', exchange)
    .action(async (id: ExchangeId) => {
      const client = await workplace.connect();
      const { dates, check } = await client.standing(id);
      workplace.out.say({ ...checkAnswer(check), dates }, () =>
        [
          ...checkLines(check),
          dates.length === 0 ? 'No clock runs: they start when the opening message is available to the addressee.' : linesOf(dates),
        ].join('\n'),
      );
    });

const linesOf = (dates: readonly ClockAnswer[]): string =>
  [
    ...dates.flatMap(blockOf),
    ...wrapped('Each is counted on the calendar and in the time zone of the authority that was asked, whoever owes it.', ''),
  ].join('\n');

/** docs/decisions/0037 */
const TO_BE_FIRM =
  'firm once the authority that was asked says "weekend" and "closingDays", up to then, under "calendar" in the facts of its entry: parley entry FACTS.json';

function blockOf(date: ClockAnswer): string[] {
  const leftOut = leftOutOf(date).join('; ');
  return [
    `${date.code}: ${date.owes} owes ${OWED[date.kind]}${forParts(date)} (${date.binding})`,
    ...[
      `due ${wallTime(readInstant(date.due), date.timeZone)}: ${standingOf(date)}`,
      `${countOf(date)} since ${date.startedBy} on ${date.startedOn}`,
      date.source,
      date.calendar,
      ...(leftOut === '' ? [] : [`left out: ${leftOut}`]),
      ...(date.doubts.includes('NO_HOLIDAY_DATA') ? [TO_BE_FIRM] : []),
    ].flatMap((line) => wrapped(line, '  ')),
    '',
  ];
}

/** What ended it, where its time runs no more. */
const endOf = ({ endedBy, isOverdue }: Pick<ClockAnswer, 'endedBy' | 'isOverdue'>): string =>
  endedBy === undefined ? (isOverdue ? 'met late' : 'met') : `ended by ${endedBy}${isOverdue ? ', overdue by then' : ', not met'}`;

function standingOf(clock: ClockAnswer): string {
  const { metAt, isOverdue, suspensions, doubts } = clock;
  const standing = metAt !== null ? endOf(clock) : suspensions.at(-1)?.to === null ? 'suspended' : isOverdue ? 'OVERDUE' : 'runs';
  return doubts.length === 0 ? standing : `${standing}; provisional: ${doubts.join(', ')}`;
}

const UNITS = { CALENDAR_DAYS: 'calendar days', BUSINESS_DAYS: 'business days', HOURS: 'hours' } as const;
const countOf = ({ amount, unit }: ClockAnswer): string =>
  unit === 'STATED' ? 'the day that the message named' : `${amount} ${UNITS[unit]}`;

const leftOutOf = ({ skipped, suspensions }: ClockAnswer): readonly string[] => [
  ...skipped.map(({ day, why, name }) => `${day} ${name ?? why.toLowerCase()}`),
  ...suspensions.map(({ from, to }) => `stood still ${from.slice(0, 10)} to ${to === null ? 'now' : to.slice(0, 10)}`),
];
