import { Command } from 'commander';
import { table } from '../output.js';
import type { Workplace } from '../workplace.js';

/** Where each exchange stands, and which clocks run. */
export const statusCommand = (workplace: Workplace): Command =>
  new Command('status')
    .description('your exchanges, their states and clocks; and whether the log proved your readings')
    .action(async () => {
      const client = await workplace.connect();
      const [exchanges, proofs] = [await client.exchanges(), await client.checkProofs()];
      const rows = exchanges.map(({ id, type, state, requesting, requested, clocks }) => [
        `${type}\n${id}`,
        `${requesting} → ${requested}`,
        state,
        clocks
          .map(
            ({ code, due, metAt, suspendedAt, isOverdue, provisional }) =>
              `${code} ${metAt !== null ? 'met' : suspendedAt !== null ? 'suspended' : `${isOverdue ? 'OVERDUE since' : 'due'} ${due}`}${provisional ? ', provisional' : ''}`,
          )
          .join('\n'),
      ]);
      workplace.out.say({ exchanges, proofs }, () =>
        [
          table(['exchange', 'between', 'state', 'clocks'], rows),
          `Readings proved just now: ${proofs.proved}; not due yet: ${proofs.waiting}.`,
          ...proofs.alarms.map(
            ({ statement, check, originator, why }) =>
              `ALARM ${check}: reading ${statement} is not proved in time${originator === null ? '' : ` to ${originator}`}: ${why}. Tell the operator and the originators.`,
          ),
        ].join('\n'),
      );
    });
