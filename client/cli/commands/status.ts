import { Command } from 'commander';
import { acknowledgeLogAlarms, PolicyRefusal, readAuthority, readInstant, type ParleyClient } from '../../sdk/index.js';
import { alarmLines, failOnAlarms, readStanding, UNWITNESSED } from '../alarms.js';
import { systemClock } from '../clock-system.js';
import { endingLine } from '../ending-lines.js';
import { dueFirst, forParts } from '../what-next.js';
import { wallTime, zoneOf } from '../wall-time.js';
import type { Workplace } from '../workplace.js';

/** Where each exchange stands, and which clocks run. */
export const statusCommand = (workplace: Workplace): Command =>
  new Command('status')
    .description(
      'your exchanges, their states and clocks; whether the log proved what you read and handed in, and whose entry of yours it binds',
    )
    .option(
      '--acknowledge',
      'alarms about your own entry, contradictions of the log, and what it left out or nothing proves after so many years, have been dealt with',
    )
    .action(async ({ acknowledge = false }: { acknowledge?: boolean }) => {
      const store = await workplace.openStore();
      const client = await workplace.connect(store);
      const exchanges = await exchangesOf(client);
      const view = await client.directory();
      const ends = await client.endings();
      // not before the gateway answered: of each alarm that ends it is told which, and a command that failed tells nothing
      const ended = acknowledge
        ? [...(await acknowledgeLogAlarms(store, systemClock.now())), ...(await client.acknowledgeEntryAlarms())]
        : [];
      const standing = await readStanding(client, acknowledge);
      const { proofs, entry, isUnwitnessed, log, directory } = standing;
      const dealtWith = log.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length;
      const lines = (exchanges ?? []).flatMap((exchange) => exchangeLines(exchange, zoneOf(view, readAuthority(exchange.requested))));
      workplace.out.say(
        { exchanges, proofs, entry, ends, isUnwitnessed, log, directory, ...(acknowledge ? { acknowledged: ended } : {}) },
        () =>
          [
            ...(exchanges === null ? ['Your roles show you no exchanges.'] : lines.length === 0 ? ['No exchange.'] : lines),
            ...(lines.length === 0 ? [] : ['Who owes what in one, and what you may do now: parley show EXCHANGE']),
            `Proved just now, of what you read and handed in: ${proofs.proved}; not due yet: ${proofs.waiting}.`,
            ...(entry === null
              ? []
              : [`Your entry: looked at up to epoch ${entry.epoch}${entry.skipped > 0 ? `, ${entry.skipped} left out` : ''}.`]),
            ...ends.map(endingLine),
            ...(isUnwitnessed ? [UNWITNESSED] : []),
            // one that came since the last look ends too, and is told here
            ...ended.map(
              (alarm) => `Ended by your word: ${'kind' in alarm ? alarm.kind : alarm.check}: ${alarm.why}, noticed ${alarm.at}.`,
            ),
            ...(dealtWith === 0
              ? []
              : [`Contradictions of the log that were dealt with: ${dealtWith}. What was signed: parley log alarms`]),
            ...alarmLines(standing),
          ].join('\n'),
      );
      failOnAlarms(standing);
    });

type Exchange = Awaited<ReturnType<ParleyClient['exchanges']>>[number];

/** Null for whose roles show it none, such as COMPLIANCE alone: what it said, and read by a quorum's right, is owed its proof all the same. */
const exchangesOf = (client: ParleyClient): Promise<readonly Exchange[] | null> =>
  client.exchanges().catch((error: unknown) => {
    if (error instanceof PolicyRefusal && error.code === 'ROLE_REQUIRED') return null;
    throw error;
  });

function clockWords({ metAt, endedBy, suspendedAt, isOverdue, due }: Exchange['clocks'][number], zone: string): string {
  if (metAt !== null) return endedBy === undefined ? 'met' : `ended by ${endedBy}`;
  return suspendedAt !== null ? 'suspended' : `${isOverdue ? 'OVERDUE since' : 'due'} ${wallTime(readInstant(due), zone)}`;
}

/** One exchange in lines that fit a terminal: its id alone, so that it is taken with one click. */
const exchangeLines = ({ id, type, state, requesting, requested, clocks }: Exchange, zone: string): string[] => [
  `${type}  ${id}`,
  `  ${requesting} → ${requested}  ${state}`,
  ...dueFirst(clocks).map(
    (clock) => `  ${clock.code}${forParts(clock)} ${clockWords(clock, zone)}${clock.provisional ? ', provisional' : ''}`,
  ),
];
