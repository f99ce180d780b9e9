import { Command } from 'commander';
import type { Digest } from '../../../domain/ids.js';
import type { Purpose } from '../../../domain/vocabulary.js';
import type { UseAction } from '../../../domain/label.js';
import { digest, listOf, purpose, useAction } from '../arguments.js';
import { CAVEAT_HELP, ownCaveat, type OwnCaveat } from '../caveats.js';
import { readLabelFile } from '../draft.js';
import { labelAdding, ParleyError, withCaveats } from '../../sdk/index.js';
import type { Workplace } from '../workplace.js';

interface UseOptions {
  proceedings?: string;
  action?: UseAction;
  verification?: readonly Digest[];
}

/** What an originator says later of what it gave, and what a holder says before it uses it. */
export const labelCommand = (workplace: Workplace): Command[] => [
  new Command('retract')
    .description('take back an item that you originated; every holder is told')
    .argument('<item>', 'its digest', digest)
    .action(async (item: Digest) => {
      const sent = await (await workplace.connect()).retract(item);
      workplace.out.say(sent, () => `Retracted: ${item}, by the statement ${sent.digest}.`);
    }),
  new Command('tighten')
    .description('add caveats to an item that you originated; a label only tightens')
    .argument('<item>', 'its digest', digest)
    .argument('[label]', 'JSON file with the label to join; absent: what --add says')
    .option('--add <caveat>', CAVEAT_HELP, listOf(ownCaveat))
    .action(async (item: Digest, file: string | undefined, { add = [] }: { add?: readonly OwnCaveat[] }) => {
      if (file === undefined && add.length === 0)
        throw new ParleyError(
          'NOTHING_SAID',
          'Nothing is named that would tighten it.',
          'Name a caveat: --add NO_EXPORT, or a label file.',
        );
      const client = await workplace.connect();
      const caveats = add.map((own) => own(client.authority));
      const label =
        file === undefined
          ? labelAdding(caveats, (await client.holding(item)).item.payload.label)
          : withCaveats(await readLabelFile(file), caveats);
      const sent = await client.addCaveat(item, label);
      workplace.out.say(sent, () => `Tightened: ${item}${caveats.map(({ code }) => `, ${code}`).join('')}.`);
    }),
  new Command('use')
    .description('record a use before it happens; the policy answers as for a release')
    .argument('<item>', 'its digest', digest)
    .argument('<purpose>', 'for what', purpose)
    .option('--proceedings <id>', 'opaque id of the proceedings')
    .option('--action <kind>', 'what others could notice: PASSIVE, INQUIRIES or OPEN', useAction)
    .option('--verification <digest>', 'the source’s confirmation; may be repeated', listOf(digest))
    .action(async (item: Digest, wanted: Purpose, { proceedings, action, verification }: UseOptions) => {
      const sent = await (
        await workplace.connect()
      ).recordUse(item, {
        purpose: wanted,
        ...(proceedings === undefined ? {} : { proceedings }),
        ...(action === undefined ? {} : { action }),
        ...(verification === undefined ? {} : { verifications: verification }),
      });
      workplace.out.say(sent, () => `Recorded: place ${sent.receiptBody.index} of the log.`);
    }),
];
