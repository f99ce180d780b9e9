import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { receiptAnswer } from '../../../domain/wire/http-answers.js';
import { ParleyError, receiptOf } from '../../sdk/index.js';
import type { Workplace } from '../workplace.js';

/** A receipt is checked with the gateway's pinned key; its inclusion with the log's signed checkpoint. */
export const verifyCommands = (workplace: Workplace): Command[] => [
  new Command('verify')
    .description('check a receipt, and that the log holds what it says')
    .argument('<receipt>', 'JSON file: a receipt, or an answer of --json that holds one')
    .action(async (file: string) => {
      const json = JSON.parse(await readFile(file, 'utf8')) as { receipt?: unknown };
      const read = receiptAnswer.safeParse(json.receipt ?? json);
      if (!read.success) throw new ParleyError('MALFORMED', `${file} holds no receipt.`, 'Keep what `parley --json send` answers.');
      const client = await workplace.connect();
      const body = await client.verifyReceipt(receiptOf(read.data));
      if (!body.ok)
        throw new ParleyError('RECEIPT_INVALID', `It does not verify: ${body.error}.`, 'Do not rely on it; ask who gave it to you.');
      const proof = await client.proveInclusion(body.value);
      const { stage, outcome, statement, index, at } = body.value;
      workplace.out.say({ ...body.value, included: proof.ok, ...(proof.ok ? { checkpoint: proof.value } : { why: proof.error }) }, () =>
        [
          `The gateway signed: statement ${statement} was ${stage} (${outcome}) at ${at}, place ${index} of log ${body.value.log}.`,
          proof.ok
            ? 'The log holds it: proved against its signed checkpoint, which no witness has cosigned.'
            : `Not proved yet: ${proof.error}.`,
        ].join('\n'),
      );
    }),
];
