import { Command } from 'commander';
import type { AuthorityId } from '../../../domain/ids.js';
import type { AuthorityType } from '../../../domain/vocabulary.js';
import { authority, authorityType, keyId, listOf } from '../arguments.js';
import type { Workplace } from '../workplace.js';

const STATUS = ['ACTIVE', 'SUSPENDED', 'OBSERVER'] as const;

/** The operator's countersignature of designation: who is who, never which keys they have. */
export const designateCommand = (workplace: Workplace): Command =>
  new Command('designate')
    .description('designate an authority, by the operator’s root')
    .argument('<authority>', 'its code', authority)
    .argument('<root>', 'its root fingerprint, compared by another way', keyId)
    .requiredOption('--type <type>', 'as what it acts; may be repeated', listOf(authorityType))
    .option('--status <status>', STATUS.join(', '), 'ACTIVE')
    .option('--reason <code>', 'why')
    .action(async (code: AuthorityId, root: string, options: { type: readonly AuthorityType[]; status: string; reason?: string }) => {
      const status = STATUS.find((one) => one === options.status);
      if (status === undefined) throw new RangeError(`the status is one of ${STATUS.join(', ')}`);
      const client = await workplace.connect();
      const reason = options.reason === undefined ? {} : { reason: options.reason };
      const sent = await client.designate({ authority: code, root, types: options.type, status, ...reason });
      workplace.out.say(sent, () => `${code} is ${status}: place ${sent.receiptBody.index} of the log.`);
    });
