import { Command } from 'commander';
import { warningLines } from '../concerns.js';
import { readDraft } from '../draft.js';
import type { Digest } from '../../../domain/ids.js';
import { ResendUnanswered, type ParleyClient } from '../../sdk/index.js';
import { digest } from '../arguments.js';
import { complaintOf, itemsIn, itemTable } from '../output.js';
import { signed } from '../signed.js';
import type { Workplace } from '../workplace.js';
import { notListedYet } from './keys.js';

/** Seals, signs and hands in. */
export const sendCommands = (workplace: Workplace): Command[] => [
  new Command('send')
    .description('seal a draft to its addressee, sign it and hand it in')
    .argument('<draft>', 'JSON file, as `parley compose` writes it')
    .option('--again', 'it was sent before, and is to open one more exchange')
    .action(async (path: string, { again = false }: { again?: boolean }) => {
      const client = await workplace.connect();
      const { once, ...said } = await readDraft(path, client);
      const draft = again ? said : { ...said, once };
      const concerns = await client.concernsAbout(draft);
      const bar = workplace.out.progress('sealing');
      const sent = await client.send(draft, bar.step).finally(() => bar.end());
      const items = itemsIn(sent, draft.items);
      workplace.out.say({ exchange: sent.exchange, statement: sent.digest, items, receipt: sent.receipt, concerns }, () =>
        [
          `Accepted: exchange ${sent.exchange}, envelope ${sent.digest}, place ${sent.receiptBody.index} of the log.`,
          ...warningLines(concerns),
          ...itemTable(items),
        ].join('\n'),
      );
    }),
  new Command('resend')
    .description('hand in again what never had an answer; each gets its one receipt')
    .option('--give-up <digest>', 'no longer hand in this one, which is refused each time without a receipt or can be read no more', digest)
    .action(async ({ giveUp }: { giveUp?: Digest }) => {
      const client = await workplace.connect();
      if (giveUp === undefined) return resend(client, workplace);
      await client.giveUp(giveUp);
      workplace.out.say({ givenUp: giveUp }, () => `Given up: ${giveUp}. Whether it was taken in stays unknown: ask the other side.`);
    }),
];

async function resend(client: ParleyClient, { out }: Workplace): Promise<void> {
  const [{ sent, refused, notListed }, unanswered] = await client.resend().then(
    (all) => [all, null] as const,
    (error: unknown) => {
      if (error instanceof ResendUnanswered) return [error.answered, error] as const;
      throw error;
    },
  );
  const nos = refused.map(({ digest, error }) => ({ statement: digest, ...complaintOf(error) }));
  out.say({ sent: sent.map(signed), refused: nos, notListed }, () =>
    [
      `${sent.length} handed in again, ${refused.length} refused.`,
      ...sent.map(({ digest, exchange, message }) => (exchange === null ? digest : `${message} ${digest}, exchange ${exchange}`)),
      ...refused.map(({ digest, error }) => `REFUSED ${digest}: ${error.codes.join(', ')}`),
      ...(notListed === undefined ? [] : notListedYet(notListed)),
    ].join('\n'),
  );
  // in full, and for the exit code
  const [no] = refused;
  if (unanswered !== null || no !== undefined) throw unanswered ?? no!.error;
}
