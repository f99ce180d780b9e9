import { Command } from 'commander';
import type { ExchangeId } from '../../../domain/ids.js';
import type { ClockAnswer } from '../../../domain/wire/http-answers.js';
import { exchange } from '../arguments.js';
import { readInstant } from '../../sdk/index.js';
import { table } from '../output.js';
import { wallTime } from '../wall-time.js';
import type { Workplace } from '../workplace.js';

/** Why an exchange's dates are what they are. */
export const datesCommand = (workplace: Workplace): Command =>
  new Command('dates')
    .description('the due dates of an exchange, and how each was counted')
    .argument('<exchange>', 'its id', exchange)
    .action(async (id: ExchangeId) => {
      const client = await workplace.connect();
      const dates = await client.dates(id);
      workplace.out.say({ dates }, () =>
        dates.length === 0 ? 'No clock runs: they start when the opening message is available to the addressee.' : tableOf(dates),
      );
    });

const tableOf = (dates: readonly ClockAnswer[]): string =>
  `${rowsOf(dates)}\nEach is counted on the calendar and in the time zone of the authority that was asked, whoever owes it.`;

const rowsOf = (dates: readonly ClockAnswer[]): string =>
  table(
    ['clock', 'due', 'counted', 'left out'],
    dates.map((date) => [
      `${date.code}\n${date.owes} owes ${date.kind}\n${date.binding}`,
      `${wallTime(readInstant(date.due), date.timeZone)}\n${standingOf(date)}`,
      [countOf(date), `since ${date.startedBy} on ${date.startedOn}`, date.source, date.calendar].join('\n'),
      leftOutOf(date).join('\n'),
    ]),
  );

/** What ended it, where its time runs no more. */
export const endOf = ({ endedBy, isOverdue }: Pick<ClockAnswer, 'endedBy' | 'isOverdue'>): string =>
  endedBy === undefined ? (isOverdue ? 'met late' : 'met') : `ended by ${endedBy}${isOverdue ? ', overdue by then' : ', not met'}`;

function standingOf(clock: ClockAnswer): string {
  const { metAt, isOverdue, suspensions, doubts } = clock;
  const standing = metAt !== null ? endOf(clock) : suspensions.at(-1)?.to === null ? 'suspended' : isOverdue ? 'OVERDUE' : 'runs';
  return doubts.length === 0 ? standing : `${standing}\nprovisional: ${doubts.join(', ')}`;
}

const UNITS = { CALENDAR_DAYS: 'calendar days', BUSINESS_DAYS: 'business days', HOURS: 'hours' } as const;
const countOf = ({ amount, unit }: ClockAnswer): string =>
  unit === 'STATED' ? 'the day that the message named' : `${amount} ${UNITS[unit]}`;

const leftOutOf = ({ skipped, suspensions }: ClockAnswer): readonly string[] => [
  ...skipped.map(({ day, why, name }) => `${day} ${name ?? why.toLowerCase()}`),
  ...suspensions.map(({ from, to }) => `suspended ${from.slice(0, 10)} to ${to === null ? 'now' : to.slice(0, 10)}`),
];
