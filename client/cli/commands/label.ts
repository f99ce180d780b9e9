import { Command } from 'commander';
import type { Digest } from '../../../domain/ids.js';
import type { AuthorityType, Purpose } from '../../../domain/vocabulary.js';
import type { UseAction } from '../../../domain/label.js';
import { present } from '../../../domain/present.js';
import { AS_HELP, authorityType, digest, listOf, purpose, reference, useAction } from '../arguments.js';
import { asOriginator } from '../originator.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';
import { tightenCommand } from './tighten.js';

interface UseOptions {
  as?: AuthorityType;
  proceedings?: string;
  action?: UseAction;
  verification?: readonly Digest[];
}

/** What an originator says later of what it gave, and what a holder says before it uses it. */
export const labelCommand = (workplace: Workplace): Command[] => [
  new Command('retract')
    .description('take back an item that you originated; every holder is told')
    .argument('<item>', 'its digest', digest)
    .option('--again', 'it was taken back before, and a restore of the gateway lost that')
    .action(async (item: Digest, { again }: { again?: true }) => {
      const client = await workplace.connect();
      const sent = await asOriginator(client, item, () => client.retract(item, again));
      workplace.out.say(
        signed(sent),
        () => `Retracted: ${item}, by the statement ${sent.digest}. What holders answer: parley answers ${sent.digest}`,
      );
    }),
  tightenCommand(workplace),
  new Command('use')
    .description('record a use before it happens; the policy answers as for a release')
    .argument('<item>', 'its digest', digest)
    .argument('<purpose>', 'for what', purpose)
    .option('--as <type>', AS_HELP, authorityType)
    .option('--proceedings <id>', 'opaque id of the proceedings', reference)
    .option('--action <kind>', 'what others could notice: PASSIVE, INQUIRIES or OPEN', useAction)
    .option('--verification <digest>', 'the source’s confirmation; may be repeated', listOf(digest))
    .action(async (item: Digest, wanted: Purpose, { as, proceedings, action, verification }: UseOptions) => {
      const sent = await (
        await workplace.connect()
      ).recordUse(item, {
        purpose: wanted,
        ...present({ holderType: as, proceedings, action, verifications: verification }),
      });
      workplace.out.say(signed(sent), () => `Recorded: place ${sent.receiptBody.index} of the log.`);
    }),
];
