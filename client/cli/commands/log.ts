import { Command } from 'commander';
import { encodeDigest } from '../../../crypto/merkle/digests.js';
import { parseWitnessPins, pinWitnesses, readAlarms, readWitnessPins, type LogAlarm, type Unlogged } from '../../sdk/index.js';
import { listOf, whole } from '../arguments.js';
import type { Workplace } from '../workplace.js';

/** What this client knows of the log, and whom it believes. */
export const logCommand = (workplace: Workplace): Command => {
  const log = new Command('log').description('the log: its newest checkpoint, its witnesses, and its contradictions');
  log
    .command('show', { isDefault: true })
    .description('hold the newest checkpoint against the one remembered')
    .action(async () => {
      const newest = await (await workplace.connect()).checkLog();
      const { size, witnesses } = newest;
      workplace.out.say({ size, root: encodeDigest(newest.root), witnesses }, () =>
        [
          `${size} leaves, and what was seen before is their beginning.`,
          witnesses.length === 0 ? 'No pinned witness has seen it.' : `Seen by ${witnesses.join(', ')}.`,
        ].join('\n'),
      );
    });
  log
    .command('pin')
    .description('believe these witnesses from now on, in place of those before')
    .requiredOption('--witness <vkey>', 'as its operator gave it to you; may be repeated', listOf(String))
    .option('--quorum <k>', 'how many of them must have seen a checkpoint (default: all)', whole)
    .action(async ({ witness, quorum }: { witness: readonly string[]; quorum?: number }) => {
      const pins = parseWitnessPins(witness, quorum ?? witness.length);
      const store = await workplace.openStore();
      const before = await readWitnessPins(store);
      await pinWitnesses(store, pins);
      const names = pins.witnesses.map(({ name }) => name);
      workplace.out.say(
        { quorum: pins.quorum, witnesses: names, before: before?.quorum ?? 0 },
        () => `${pins.quorum} of ${names.join(', ')} must have seen a checkpoint.`,
      );
    });
  log
    .command('alarms')
    .description(
      'contradictions that this client was shown: two signed notes each, or the receipt of what the log left out; to be shown to everybody',
    )
    .action(async () => {
      const alarms = await readAlarms(await workplace.openStore());
      workplace.out.say({ alarms }, () =>
        alarms.length === 0 ? 'None.' : alarms.map((alarm) => `${titleOf(alarm)}\n\n${signedIn(alarm)}`).join('\n'),
      );
    });
  return log;
};

const titleOf = ({ kind, why, at, acknowledgedAt }: LogAlarm | Unlogged): string =>
  `${at} ${kind}: ${why}${acknowledgedAt === undefined ? '' : `; acknowledged ${acknowledgedAt}`}`;

const signedIn = (alarm: LogAlarm | Unlogged): string =>
  alarm.kind === 'UNLOGGED'
    ? `${alarm.statement} (${alarm.typ})\n${JSON.stringify(alarm.receipt)}\n`
    : `${alarm.remembered}\n${alarm.shown}`;
