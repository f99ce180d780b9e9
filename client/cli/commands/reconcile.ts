import { Command } from 'commander';
import type { AuthorityId } from '../../../domain/ids.js';
import type { Direction, Instant } from '../../sdk/index.js';
import { authority, time } from '../arguments.js';
import { table } from '../output.js';
import { readJson } from '../draft.js';
import { requireNew, writeNew } from '../new-file.js';
import type { Workplace } from '../workplace.js';

interface Asked {
  readonly with: AuthorityId;
  readonly from?: Instant;
  readonly to?: Instant;
  readonly out: string;
}

/** Whether two authorities have recorded the same between them, without showing each other their lists (role COMPLIANCE). */
export const reconcileCommand = (workplace: Workplace): Command => {
  const reconcile = new Command('reconcile').description(
    'what you sent another authority against what it received, and the other way round',
  );
  reconcile
    .command('export')
    .description('a file for the other side: keyed hashes, which say how many statements there were and not which')
    .requiredOption('--with <code>', 'the other authority', authority)
    .option('--from <time>', 'events at or after', time)
    .option('--to <time>', 'events before', time)
    .requiredOption('--out <file>', 'where to write it')
    .action(async ({ with: other, from, to, out }: Asked) => {
      await requireNew(out);
      const client = await workplace.connect();
      const file = await client.exportReconciliation(other, { from, to });
      await writeNew(out, `${JSON.stringify(file)}\n`);
      workplace.out.say(
        { out, with: other },
        () => `${out} is for ${other}. Send it by a way that ${other} trusts: nothing in it is signed.`,
      );
    });
  reconcile
    .command('compare')
    .description('the other side’s file against your own proven stream')
    .argument('<file>', 'as the other side exported it')
    .action(async (path: string) => {
      const client = await workplace.connect();
      const result = await client.compareReconciliation(await readJson(path, 'parley reconcile export, by the other side'));
      const { with: other, upTo, agrees, sent, received } = result;
      workplace.out.say(result, () =>
        [
          `With ${other}, up to leaf ${upTo} of the log: ${agrees ? 'the two lists are the same.' : 'THE TWO LISTS DIFFER.'}`,
          table(['', 'in both', 'only here', 'only there'], [rowOf('sent', sent), rowOf('received', received)]),
          ...[...sent.onlyHere, ...received.onlyHere].map(({ index, at, statement }) => `only here: ${statement} at ${at}, leaf ${index}`),
          ...(sent.onlyThere + received.onlyThere > 0 ? [`What is only there, ${other} must name: have it compare your file.`] : []),
        ].join('\n'),
      );
    });
  return reconcile;
};

const rowOf = (title: string, { both, onlyHere, onlyThere }: Direction): string[] => [
  title,
  String(both),
  String(onlyHere.length),
  String(onlyThere),
];
